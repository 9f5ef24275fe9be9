import { type Leaf, wordEnd } from "./leaf.ts";

const sectionNames = new Set(
  "global defaults frontend backend listen peers resolvers mailers userlist program cache ring http-errors log-forward fcgi-app crt-store traces".split(
    " ",
  ),
);

/** haproxy.cfg by https://docs.haproxy.org/3.0/configuration.html#2.2: quotes, backslashes, variables within double quotes. */
export function readHaproxy(text: string): readonly Leaf[] {
  const leaves: Leaf[] = [];
  let section = "";
  for (const [index, line] of text.split("\n").entries()) {
    const words = wordsOf(line, index + 1);
    const [first] = words;
    if (first === undefined) continue;
    if (sectionNames.has(first)) {
      section = words.join(" ");
      if (/^\s/.test(line)) throw new Error(`line ${index + 1} begins a section in the middle of another: ${line}`);
      leaves.push({ path: "", value: words.join(wordEnd) });
    } else {
      if (section === "" || !/^\s/.test(line)) throw new Error(`line ${index + 1} is outside of sections: ${line}`);
      leaves.push({ path: section, value: words.join(wordEnd) });
    }
  }
  return leaves;
}

function wordsOf(line: string, number: number): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = "";
  for (let index = 0; index < line.length; index++) {
    const character = line[index] ?? "";
    if (quote === "'") {
      if (character === "'") quote = "";
      else word = (word ?? "") + character;
    } else if (character === "\\") word = (word ?? "") + (line[++index] ?? "");
    else if (character === '"') {
      quote = quote === "" ? '"' : "";
      word ??= "";
    } else if (quote === '"') {
      if (character === "$") throw new Error(`a variable in line ${number}: ${line}`);
      word = (word ?? "") + character;
    } else if (character === "'") {
      quote = "'";
      word ??= "";
    } else if (character === "#") break;
    else if (/\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? "") + character;
  }
  if (quote !== "") throw new Error(`a quote without its end in line ${number}: ${line}`);
  return word === undefined ? words : [...words, word];
}
