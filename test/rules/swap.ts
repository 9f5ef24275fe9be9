/** A good text, and a bad one in which what stands once is something else. */
export function swap(good: string, from: string, to: string): { readonly good: string; readonly bad: string } {
  return { good, bad: replaceOnce(good, from, to) };
}

/** Replaces what stands once in a text; a text in which it does not is a mistake of the test. */
export function replaceOnce(text: string, from: string, to: string): string {
  if (text.split(from).length !== 2) throw new Error(`${JSON.stringify(from)} does not stand there once`);
  return text.replace(from, () => to);
}
