import { RE2JS } from "re2js";

/**
 * Patterns as the API server and kubeconform read them: Go's grammar, and time that grows with the text only,
 * whoever wrote them. https://pkg.go.dev/regexp/syntax
 */
export function readPattern(pattern: string): ((text: string) => boolean) | undefined {
  try {
    const compiled = RE2JS.compile(pattern);
    return (text) => compiled.matcher(text).find();
  } catch {
    return undefined;
  }
}
