import { isMap, type Json, type JsonMap, PatchError } from "./json.ts";
import { jsonPatch } from "./json-patch.ts";
import { mergePatch } from "./merge-patch.ts";
import { strategicMerge } from "./strategic-merge.ts";

export const patchTypes = ["strategic", "merge", "json"] as const;
export type PatchType = (typeof patchTypes)[number];

/** A pod after a patch; a PatchError says why there is none. */
export function applyPatch(pod: JsonMap, type: PatchType, patch: Json): JsonMap {
  const patched = result(pod, type, patch);
  if (!isMap(patched)) throw new PatchError("nothing is left of the pod");
  return patched;
}

function result(pod: JsonMap, type: PatchType, patch: Json): Json {
  if (type === "json") return jsonPatch(pod, patch);
  if (!isMap(patch)) throw new PatchError("is not a map");
  return type === "merge" ? mergePatch(pod, patch) : strategicMerge(pod, patch);
}
