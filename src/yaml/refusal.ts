/** Larger files are refused unread: no configuration is that long, and a parser can be kept busy with less. */
export const maxFileBytes = 10 * 1024 * 1024;

/** Why a text is not even parsed, or undefined. */
export function refusalOf(text: string): string | undefined {
  if (text.length > maxFileBytes) return `is ${text.length} bytes long; 10 MiB is the limit`;
  // Few texts have more than ASCII, which is found out much faster.
  const strange = beyondAscii.test(text) ? unreadable.exec(text)?.[0].codePointAt(0) : undefined;
  if (strange !== undefined) {
    const code = strange.toString(16).toUpperCase().padStart(4, "0");
    return `has the character U+${code}, which Go's YAML reader refuses or takes for a line end`;
  }
  return opensMoreThan(text, deepest) ? `has more than ${deepest} brackets that are open at once` : undefined;
}

// kubeadm and kubelet read with Go, where U+0085, U+2028 and U+2029 end lines and the others end everything.
const unreadable = /[^\t\n\r\u0020-\u007e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

const beyondAscii = /[^\t\n\r -~]/;

// Nobody nests so deep, and the parser takes a second for half a million.
const deepest = 500;

function opensMoreThan(text: string, limit: number): boolean {
  // Few texts have so many at all, which is found out much faster.
  if ((text.match(/[[{]/g)?.length ?? 0) <= limit) return false;
  let open = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text.charCodeAt(index);
    if (character === 0x5b || character === 0x7b) open++;
    else if ((character === 0x5d || character === 0x7d) && open > 0) open--;
    if (open > limit) return true;
  }
  return false;
}
