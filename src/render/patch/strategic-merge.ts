import { equal, isList, isMap, type Json, type JsonMap, PatchError } from "./json.ts";

/**
 * Kubernetes' strategic merge for pods: maps are merged, null removes, and lists whose items have a key
 * are merged by it, with `$patch: delete` and `$patch: replace`; other lists take the old one's place.
 * https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apimachinery/pkg/util/strategicpatch/patch.go
 */
export function strategicMerge(target: JsonMap, patch: JsonMap): JsonMap {
  const directive = patch["$patch"];
  if (directive === "replace") return without(patch, "$patch");
  if (directive === "delete") return {};
  if (directive !== undefined)
    throw new PatchError(`$patch: ${JSON.stringify(directive)} is neither replace nor delete`);
  const merged: Record<string, Json> = { ...retained(target, patch) };
  for (const [key, value] of Object.entries(without(patch, "$retainKeys"))) {
    if (key.startsWith("$")) throw new PatchError(`${key} is not understood; there are $patch and $retainKeys`);
    const before = merged[key];
    if (value === null) Reflect.deleteProperty(merged, key);
    else if (isMap(value) && isMap(before)) merged[key] = strategicMerge(before, value);
    else if (isList(value) && isList(before)) merged[key] = mergeLists(before, value, key);
    else merged[key] = plain(value);
  }
  return merged;
}

/**
 * The keys that the items of a pod's lists have, by the list's name:
 * https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/api/core/v1/types.go (patchMergeKey)
 */
const mergeKeys: Readonly<Record<string, string>> = {
  containers: "name",
  initContainers: "name",
  ephemeralContainers: "name",
  volumes: "name",
  env: "name",
  ports: "containerPort",
  volumeMounts: "mountPath",
  volumeDevices: "devicePath",
  hostAliases: "ip",
  imagePullSecrets: "name",
  topologySpreadConstraints: "topologyKey",
  resourceClaims: "name",
  schedulingGates: "name",
  ownerReferences: "uid",
};

function mergeLists(before: readonly Json[], patch: readonly Json[], name: string): Json {
  const key = mergeKeys[name];
  if (name === "finalizers") return [...new Set([...patch, ...before])];
  if (key === undefined) return plain(patch);
  const items = patch.map((item) => keyed(item, { key, name }));
  const ordinary = items.filter((item) => item["$patch"] === undefined);
  if (items.some((item) => item["$patch"] === "replace")) return ordinary.map(plain);
  const unknown = items.find((item) => item["$patch"] !== undefined && item["$patch"] !== "delete");
  if (unknown !== undefined) throw new PatchError(`$patch: ${JSON.stringify(unknown["$patch"])} in ${name}`);
  const deleted = items.filter((item) => item["$patch"] === "delete");
  const left = before.filter((item) => !deleted.some((other) => same(item, other, key)));
  const merged = ordinary.map((item) => {
    const old = left.find((other) => same(other, item, key));
    return isMap(old) ? strategicMerge(old, item) : plain(item);
  });
  const untouched = left.filter((item) => !ordinary.some((other) => same(item, other, key)));
  return inOrder(untouched, merged, (item) => left.findIndex((other) => same(other, item, key)));
}

// What the patch does not name stands before the next named one that it stood before; new items come first.
function inOrder(untouched: readonly Json[], patched: readonly Json[], place: (item: Json) => number): readonly Json[] {
  const result: Json[] = [];
  let next = 0;
  for (const item of patched) {
    while (next < untouched.length && place(item) >= 0 && place(untouched[next] ?? null) < place(item))
      result.push(untouched[next++] ?? null);
    result.push(item);
  }
  return [...result, ...untouched.slice(next)];
}

function keyed(item: Json, { key, name }: { readonly key: string; readonly name: string }): JsonMap {
  if (!isMap(item)) throw new PatchError(`an item of ${name} is no map`);
  if (item[key] === undefined && item["$patch"] !== "replace")
    throw new PatchError(`an item of ${name} has no ${key}, by which items are told apart`);
  return item;
}

function same(a: Json, b: Json, key: string): boolean {
  return isMap(a) && isMap(b) && equal(a[key], b[key]);
}

function retained(target: JsonMap, patch: JsonMap): JsonMap {
  const keys = patch["$retainKeys"];
  if (keys === undefined) return target;
  if (!isList(keys)) throw new PatchError("$retainKeys is no list");
  const foreign = Object.keys(patch).find(
    (name) => name !== "$retainKeys" && patch[name] !== null && !keys.includes(name),
  );
  if (foreign !== undefined) throw new PatchError(`${foreign} is not in $retainKeys`);
  return Object.fromEntries(Object.entries(target).filter(([name]) => keys.includes(name)));
}

function without(map: JsonMap, name: string): JsonMap {
  return Object.fromEntries(Object.entries(map).filter(([key]) => key !== name));
}

// What is new has no directives and no nulls.
function plain(value: Json): Json {
  if (isList(value)) return value.filter((item) => !isMap(item) || item["$patch"] !== "delete").map(plain);
  if (!isMap(value)) return value;
  const entries = Object.entries(value).filter(([key, entry]) => entry !== null && !key.startsWith("$"));
  return Object.fromEntries(entries.map(([key, entry]) => [key, plain(entry)]));
}
