import { type Leaf, wordEnd } from "./leaf.ts";

/** keepalived.conf as keepalived reads it: `#` and `!` begin comments, words stand between blanks, blocks in braces. */
export function readKeepalived(text: string): readonly Leaf[] {
  const open: string[] = [];
  const leaves: Leaf[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    const words = wordsOf(line);
    if (words.length === 0) continue;
    // Conditions and inclusions are read at the beginning of a line only.
    if (/^[@$]|^include[a-z]*$/.test(words[0] ?? "")) throw new Error(`line ${index + 1} is no ordinary line: ${line}`);
    if (words.at(-1) === "{") {
      open.push(words.slice(0, -1).join(wordEnd));
      leaves.push({ path: open.slice(0, -1).join("/"), value: `block ${open.at(-1)}` });
    } else if (words.length === 1 && words[0] === "}") {
      if (open.pop() === undefined) throw new Error(`line ${index + 1} closes a block that was not opened`);
    } else {
      if (words.some((word) => word === "{" || word === "}"))
        throw new Error(`a brace within line ${index + 1}: ${line}`);
      leaves.push({ path: open.join("/"), value: words.join(wordEnd) });
    }
  }
  if (open.length > 0) throw new Error(`block ${open.at(-1)} is not closed`);
  return leaves;
}

function wordsOf(line: string): readonly string[] {
  const words: string[] = [];
  const word = /\s*(?:"([^"]*)"|([#!].*$)|((?:[^\s"#!])+))/gy;
  const text = line.trim();
  while (word.lastIndex < text.length) {
    const match = word.exec(text);
    if (match === null) throw new Error(`a word that does not end: ${line}`);
    const [, quotedWord, , plain] = match;
    if (quotedWord !== undefined) words.push(quotedWord);
    else if (plain !== undefined) words.push(plain);
  }
  return words;
}
