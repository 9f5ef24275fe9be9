import type { YamlPart } from "../readers/yaml-part.ts";
import type { Hit } from "./rule.ts";

/** A hit at the value of a place in a document, or where it would belong. */
export function hitAt(part: YamlPart, message: string, more: Partial<Pick<Hit, "severity" | "remedy">> = {}): Hit {
  return { position: part.position(), path: part.path, message, ...more };
}

/** A hit at the key of a place in a document. */
export function hitAtKey(part: YamlPart, message: string, more: Partial<Pick<Hit, "severity" | "remedy">> = {}): Hit {
  return { position: part.keyPosition(), path: part.path, message, ...more };
}
