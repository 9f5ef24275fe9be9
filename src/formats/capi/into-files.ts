import { isMap, isNode, isScalar, isSeq, type Node, type Pair, visit, type YAMLMap, type YAMLSeq } from "yaml";

import { type PathStep, pathText, readPath } from "../../config/paths.ts";
import { UserError } from "../../errors.ts";
import { endOf, insertLines, rangeOf, removePairs, type Splice } from "../../kubeadm/splice.ts";
import { readYaml } from "../../yaml/read.ts";
import { toYaml } from "../../yaml/write.ts";
import { indentOf, insertList, lineEnding, removeItems, valueOf } from "./edit.ts";
import type { FileEntry } from "./file-entry.ts";
import { hostsPath } from "../../components/kube-vip/pod.ts";
import { scriptPaths } from "./machine.ts";

/** The KubeadmConfigSpec that is edited. */
export interface EditTarget {
  readonly text: string;
  readonly map: YAMLMap;
  /** The file's name and the map's path, for messages. */
  readonly name: string;
  readonly base: readonly PathStep[];
}

export interface FileChanges {
  readonly splices: readonly Splice[];
  /** Settings of the kube-vip that was there and that the new one has not. */
  readonly lost: readonly string[];
  /** Where clients reach the API that is elsewhere now, as people are told. */
  readonly moved: readonly string[];
}

/** What changes in `files`: entries of kube-vip in their places, new ones at the end, useless ones gone. */
export function fileChanges(target: EditTarget, entries: readonly FileEntry[]): FileChanges {
  const { text, map } = target;
  const list = valueOf(map, "files");
  if (!isSeq(list) || list.items.length === 0)
    return {
      splices: [insertList(text, map, { key: "files", lines: yamlLines(entries, indentOf(map)) })],
      lost: [],
      moved: [],
    };
  const items = list.items.map((item, index) => ({ item, index, role: roleOf(item) }));
  const used = entries.map((entry) => {
    const own = items.find(({ item }) => scalarText(item, "path") === entry.path);
    return { entry, item: own ?? items.find(({ role }) => role === roleOfPath(entry.path)) };
  });
  const useless = items.filter(({ item, role }) => role !== undefined && !used.some((use) => use.item?.item === item));
  const edits = used.flatMap(({ entry, item }) => (item === undefined ? [] : editEntry(target, item, entry)));
  const missing = used.flatMap(({ entry, item }) => (item === undefined ? [entry] : []));
  const manifest = items.find(({ role }) => role === "manifest");
  const contents: Contents = {
    before: scalarText(manifest?.item, "content"),
    after: entries.find(({ path }) => roleOfPath(path) === "manifest")?.content,
  };
  return {
    splices: [
      ...edits,
      ...removeItems(
        text,
        list,
        useless.map(({ index }) => index),
      ),
      ...(missing.length === 0 ? [] : [appendEntries(target, list, missing)]),
    ],
    lost: lostSettings(contents),
    moved: movedSettings(contents),
  };
}

type Role = "manifest" | "hosts" | "before" | "after";

function roleOfPath(path: string): Role | undefined {
  const roles: Readonly<Record<string, Role>> = {
    "/etc/kubernetes/manifests/kube-vip.yaml": "manifest",
    [hostsPath]: "hosts",
    [scriptPaths.before]: "before",
    [scriptPaths.after]: "after",
  };
  return roles[path];
}

// Templates of vSphere, and of others that took theirs over, call the files so:
// https://github.com/kubernetes-sigs/cluster-api-provider-vsphere/tree/main/internal/kubevip
function roleOf(item: unknown): Role | undefined {
  const path = scalarText(item, "path") ?? "";
  const known = roleOfPath(path);
  if (known !== undefined) return known;
  if (/^\/etc\/kubernetes\/manifests\/kube-?vip\.ya?ml$/.test(path)) return "manifest";
  if (/^\/etc\/kube-?vip[./-]hosts$/.test(path)) return "hosts";
  if (!/kube-?vip/.test(path) || !path.endsWith(".sh")) return undefined;
  if (/pre-kubeadm|prepare/.test(path)) return "before";
  return /post-kubeadm|cleanup/.test(path) ? "after" : undefined;
}

interface Item {
  readonly item: unknown;
  readonly index: number;
}

function editEntry({ text, name, base }: EditTarget, { item, index }: Item, entry: FileEntry): readonly Splice[] {
  const place = `${name}: ${pathText([...base, "files", index])}`;
  if (!isMap(item) || item.flow === true)
    throw new UserError(`${place} has its keys in { }: write each on a line of its own`);
  visit(item, {
    Node: (_, node) => {
      if ("anchor" in node && node.anchor !== undefined)
        throw new UserError(
          `${place} has the anchor &${node.anchor}, through which other places would change too: write them out`,
        );
    },
  });
  const wanted: Readonly<Record<string, unknown>> = { ...entry };
  const changed = item.items.flatMap((pair) => {
    const key = keyOf(pair);
    // Who owns the file was the template's own choice.
    return key in wanted && key !== "owner" && isNode(pair.value)
      ? replaceValue(text, item, { node: pair.value, value: String(wanted[key]) })
      : [];
  });
  const foreign = item.items.filter(
    (pair) => ["encoding", "append", "contentFrom", "contentFormat"].includes(keyOf(pair)) && !(keyOf(pair) in wanted),
  );
  const absent = Object.fromEntries(
    Object.entries(wanted).filter(([key]) => key !== "owner" && !item.items.some((pair) => keyOf(pair) === key)),
  );
  return [
    ...changed,
    ...(foreign.length === 0 ? [] : removePairs(text, item, foreign)),
    ...(Object.keys(absent).length === 0 ? [] : [insertLines(text, endOf(item), yamlLines(absent, indentOf(item)))]),
  ];
}

interface Replacement {
  readonly node: Node;
  readonly value: string;
}

function replaceValue(text: string, map: YAMLMap, { node, value }: Replacement): readonly Splice[] {
  if (isScalar(node) && node.value === value) return [];
  const [start, end] = rangeOf(node);
  const isBlock = isScalar(node) && (node.type === "BLOCK_LITERAL" || node.type === "BLOCK_FOLDED");
  // Blank lines after a block belong to what follows.
  const used = isBlock ? start + text.slice(start, end).trimEnd().length : end;
  if (!value.includes("\n")) return [{ start, end: used, text: toYaml(value).trimEnd() }];
  const eol = lineEnding(text);
  const indent = " ".repeat(indentOf(map) + 2);
  const lines = value
    .trimEnd()
    .split("\n")
    .map((line) => (line === "" ? "" : indent + line));
  return [{ start, end: used, text: ["|", ...lines].join(eol) }];
}

function appendEntries({ text, name, base }: EditTarget, list: YAMLSeq, entries: readonly FileEntry[]): Splice {
  if (list.flow === true)
    throw new UserError(
      `${name}: ${pathText([...base, "files"])} is a list in [ ]: write each entry on a line of its own`,
    );
  return insertLines(text, endOf(list), yamlLines(entries, indentOf(list)));
}

function yamlLines(value: unknown, indent: number): readonly string[] {
  return toYaml(value)
    .trimEnd()
    .split("\n")
    .map((line) => (line === "" ? "" : " ".repeat(indent) + line));
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : "";
}

function scalarText(item: unknown, key: string): string | undefined {
  const value = isMap(item) ? item.get(key) : undefined;
  return typeof value === "string" ? value : undefined;
}

/** kube-vip's manifest as it was and as it will be. */
interface Contents {
  readonly before: string | undefined;
  readonly after: string | undefined;
}

function movedSettings({ before, after }: Contents): readonly string[] {
  const now = environment(after);
  return environment(before).flatMap(({ name, value }) => {
    const other = now.find((entry) => entry.name === name)?.value;
    return ["address", "port"].includes(name) && other !== undefined && other !== value
      ? [`${name} was ${value} and is ${other}`]
      : [];
  });
}

function lostSettings({ before, after }: Contents): readonly string[] {
  const known = new Set(environment(after).map(({ name }) => name));
  return environment(before)
    .filter(({ name, value }) => !known.has(name) && !renamed.has(name) && !isEmpty(value))
    .map(({ name, value }) => `${name}=${value}`);
}

// A variable whose default is empty, too: kube-vip then finds the interface itself.
function isEmpty(value: string): boolean {
  return value === "" || value === "false" || /:?=(?:""|'')?\}$/.test(value);
}

// What says the same under another name.
const renamed = new Set(["vip_cidr", "vip_subnet"]);

function environment(manifest: string | undefined): readonly { readonly name: string; readonly value: string }[] {
  const pod = readYaml("", manifest ?? "").documents[0]?.value;
  const list = readPath(pod, ["spec", "containers", 0, "env"]);
  return (Array.isArray(list) ? list : []).flatMap((item: unknown) => {
    const [name, value] = [readPath(item, ["name"]), readPath(item, ["value"])];
    return typeof name === "string" && typeof value === "string" ? [{ name, value }] : [];
  });
}
