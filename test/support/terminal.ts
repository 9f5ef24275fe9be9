/** What a terminal obeys or a reader is misled by: nothing printed for people may hold any of it. */
const dangerous = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** What is wrong with a message for people, or "". */
export function messageProblem(text: string): string {
  const found = dangerous.exec(text);
  if (found !== null) return `the message holds U+${found[0].codePointAt(0)?.toString(16)}`;
  if (/\n {4}at |node:internal|\.ts:\d+:\d+\)/.test(text)) return "the message is a stack trace";
  const longest = text.split("\n").reduce((most, line) => Math.max(most, line.length), 0);
  return longest > 2000 ? `a line of ${longest} characters` : "";
}
