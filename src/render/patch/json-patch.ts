import { equal, isList, isMap, type Json, PatchError } from "./json.ts";

/** RFC 6902: operations at places, one after the other; one that fails fails all. */
export function jsonPatch(target: Json, patch: Json): Json {
  if (!isList(patch)) throw new PatchError("a JSON patch is a list of operations");
  return patch.reduce<Json>((value, operation, index) => {
    try {
      return apply(value, operation);
    } catch (error) {
      if (error instanceof PatchError) throw new PatchError(`operation ${index + 1}: ${error.message}`);
      throw error;
    }
  }, target);
}

function apply(root: Json, operation: Json): Json {
  if (!isMap(operation)) throw new PatchError("is not a map");
  const path = pointer(operation["path"]);
  const { op } = operation;
  if (op === "remove") return edit(root, path, remove);
  if (op === "add") return edit(root, path, add(valueOf(operation)));
  if (op === "replace") return edit(root, path, replace(valueOf(operation)));
  if (op === "copy") return edit(root, path, add(read(root, pointer(operation["from"]))));
  if (op === "move") {
    const from = pointer(operation["from"]);
    return edit(edit(root, from, remove), path, add(read(root, from)));
  }
  if (op !== "test") throw new PatchError(`${JSON.stringify(op)} is none of add, remove, replace, move, copy, test`);
  if (!equal(read(root, path), valueOf(operation))) throw new PatchError(`the test of ${placeText(path)} failed`);
  return root;
}

function valueOf(operation: { readonly [key: string]: Json }): Json {
  const { value } = operation;
  if (value === undefined) throw new PatchError("has no value");
  return value;
}

type Pointer = readonly string[];

// RFC 6901
function pointer(text: Json | undefined): Pointer {
  if (typeof text !== "string" || (text !== "" && !text.startsWith("/")))
    throw new PatchError(`${JSON.stringify(text)} is no path such as /spec/containers/0`);
  return text
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function read(root: Json, path: Pointer): Json {
  return path.reduce<Json>((value, step, depth) => {
    const next = isList(value) ? value[indexIn(value, step)] : isMap(value) ? value[step] : undefined;
    if (next === undefined) throw new PatchError(`there is no ${placeText(path.slice(0, depth + 1))}`);
    return next;
  }, root);
}

/** Changes what holds the last step of a path; `undefined` as the step stands for the whole. */
type Edit = (holder: Json | undefined, step: string | undefined) => Json;

function edit(root: Json, [step, ...rest]: Pointer, change: Edit): Json {
  if (step === undefined || rest.length === 0) return change(root, step);
  const inner = edit(read(root, [step]), rest, change);
  if (isList(root)) return root.map((item, index) => (index === indexIn(root, step) ? inner : item));
  return isMap(root) ? { ...root, [step]: inner } : root;
}

function add(value: Json): Edit {
  return (holder, step) => {
    if (step === undefined) return value;
    if (isMap(holder)) return { ...holder, [step]: value };
    if (!isList(holder)) throw new PatchError(`${step} can be added to a map or a list only`);
    const index = step === "-" ? holder.length : indexIn(holder, step);
    if (index > holder.length) throw new PatchError(`the list has ${holder.length} items, so none can be at ${step}`);
    return [...holder.slice(0, index), value, ...holder.slice(index)];
  };
}

function replace(value: Json): Edit {
  return (holder, step) => {
    if (step === undefined) return value;
    read(holder ?? null, [step]);
    if (isList(holder)) return holder.map((item, index) => (index === indexIn(holder, step) ? value : item));
    return { ...(isMap(holder) ? holder : {}), [step]: value };
  };
}

const remove: Edit = (holder, step) => {
  if (step === undefined) throw new PatchError("the whole cannot be removed");
  read(holder ?? null, [step]);
  if (isList(holder)) return holder.filter((_, index) => index !== indexIn(holder, step));
  const entries = Object.entries(isMap(holder) ? holder : {});
  return Object.fromEntries(entries.filter(([key]) => key !== step));
};

function indexIn(list: readonly Json[], step: string): number {
  if (!/^(0|[1-9]\d*)$/.test(step)) throw new PatchError(`"${step}" is no place in a list of ${list.length}`);
  return Number(step);
}

function placeText(path: Pointer): string {
  return path.length === 0 ? "the whole" : `/${path.join("/")}`;
}
