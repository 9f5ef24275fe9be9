import { isRecord } from "../../../src/config/paths.ts";
import type { Field, Fields } from "../../../src/kubeadm/schema/field.ts";
import { v1beta3 } from "../../../src/kubeadm/schema/v1beta3.ts";
import { v1beta4 } from "../../../src/kubeadm/schema/v1beta4.ts";
import { specialValues } from "./kubeadm-values.ts";

/** A stream of kubeadm documents that has one thing right or wrong. */
export interface FieldCase {
  /** Such as `v1beta4 InitConfiguration.localAPIEndpoint.bindPort: wrong type`. */
  readonly name: string;
  readonly version: ApiVersion;
  readonly text: string;
  /** Why we refuse what kubeadm accepts. */
  readonly stricter?: string;
}

export type ApiVersion = "v1beta3" | "v1beta4";

/**
 * Every field of a version of kubeadm's configuration, right and wrong, for clusters of a release.
 * What programs have in common is wrong in one of them only. Without `values` nothing is wrong but its
 * type or name: what values may be, a release checks by the same code for both versions.
 */
export function fieldCases(version: ApiVersion, release: string, values: boolean): readonly FieldCase[] {
  return Object.entries(version === "v1beta3" ? v1beta3 : v1beta4).flatMap(([kind, field]) => {
    const around = { version, release, kind };
    const fields = fieldsBelow([], field);
    return [
      ...withoutRepeated(fields).flatMap((entry) => casesOf(around, entry, values)),
      built(around, [{ path: ["unknownField"], value: 1 }], "unknown"),
      ...rightTogether(around, fields),
    ];
  });
}

/** How many fields a version has. */
export function fieldCount(version: ApiVersion): number {
  return Object.values(version === "v1beta3" ? v1beta3 : v1beta4).flatMap((field) => fieldsBelow([], field)).length;
}

/** A document of each kind that has nothing wrong. */
export function plainCases(version: ApiVersion, release: string): readonly FieldCase[] {
  return Object.keys(version === "v1beta3" ? v1beta3 : v1beta4).map((kind) =>
    built({ version, release, kind }, [], "plain"),
  );
}

interface Around {
  readonly version: ApiVersion;
  readonly release: string;
  readonly kind: string;
}

type Path = readonly string[];

interface PlacedField {
  readonly path: Path;
  readonly field: Field;
}

function fieldsBelow(path: Path, field: Field): readonly PlacedField[] {
  return Object.entries(partsOf(path, field))
    .filter(([name]) => path.length > 0 || (name !== "apiVersion" && name !== "kind"))
    .flatMap(([name, part]) => [{ path: [...path, name], field: part }, ...fieldsBelow([...path, name], part)]);
}

function withoutRepeated(fields: readonly PlacedField[]): readonly PlacedField[] {
  const firsts = new Map<Field, string>();
  return fields.filter(({ path }) =>
    path.every((_, index) => {
      const place = path.slice(0, index + 1).join(".");
      const above = fields.find((entry) => entry.path.join(".") === place)?.field;
      if (above === undefined || (above.type !== "list" && above.type !== "map")) return true;
      const first = firsts.get(above) ?? place;
      firsts.set(above, first);
      return first === place;
    }),
  );
}

function partsOf(path: Path, field: Field): Fields {
  if (field.type === "object") return field.fields;
  if (field.type === "list") return { "[]": field.items };
  return field.type === "map" ? { [path.at(-1) === "featureGates" ? "RootlessControlPlane" : "v"]: field.values } : {};
}

function casesOf(around: Around, { path, field }: PlacedField, values: boolean): readonly FieldCase[] {
  const special = values ? (specialValues[nameOf(around, path)] ?? {}) : {};
  const one = (value: unknown, what: string): FieldCase =>
    built(around, [{ path, value }], `${what} ${JSON.stringify(value)}`);
  return [
    ...(special.right ?? []).map((value) => one(value, "right")),
    ...[...wrongTypes[field.type], ...(special.wrong ?? [])].map((value) => one(value, "wrong")),
    ...Object.entries(special.stricter ?? {}).map(([reason, value]) => ({ ...one(value, "wrong"), stricter: reason })),
    ...(field.type === "object" ? [built(around, [{ path: [...path, "unknownField"], value: 1 }], "unknown")] : []),
  ];
}

// A document that is accepted has every one of its fields right. What came later is for later releases.
function rightTogether(around: Around, fields: readonly PlacedField[]): readonly FieldCase[] {
  const plain = fields.filter(
    ({ path, field }) =>
      Object.hasOwn(rightScalars, field.type) && specialValues[nameOf(around, path)]?.right === undefined,
  );
  const changes = plain.map(({ path, field }) => ({
    path,
    value: rightScalars[field.type as keyof typeof rightScalars],
  }));
  const later = new Set(plain.map(({ path }) => path).filter((path) => isLater(fields, path)));
  const groups = [
    changes.filter(({ path }) => !later.has(path) && !alone.test(path.join("."))),
    ...changes.filter(({ path }) => later.has(path) || alone.test(path.join("."))).map((change) => [change]),
  ];
  return groups
    .filter((group) => group.length > 0)
    .map((group) => built(around, group, `right: ${group.map(({ path }) => path.join(".")).join(" ")}`));
}

// These exclude others.
const alone = /^etcd\.external|^discovery\.file/;

function isLater(fields: readonly PlacedField[], path: Path): boolean {
  return fields.some(
    ({ path: other, field }) => field.since !== undefined && other.every((step, index) => path[index] === step),
  );
}

function nameOf({ kind }: Around, path: Path): string {
  return `${kind}.${path.join(".")}`;
}

/** Values that kubeadm cannot read as a type. */
const wrongTypes: Readonly<Record<Field["type"], readonly unknown[]>> = {
  text: [7],
  boolean: ["true"],
  int32: ["6443"],
  int: ["3"],
  duration: [60],
  time: ["tomorrow"],
  quantity: ["much"],
  list: ["text"],
  map: ["text"],
  object: ["text"],
};

const rightScalars = {
  text: "text",
  boolean: true,
  int32: 6443,
  int: 3,
  duration: "1m30s",
  time: "2027-01-31T12:00:00Z",
  quantity: "1500m",
} as const;

interface Change {
  readonly path: Path;
  readonly value: unknown;
}

function built({ version, release, kind }: Around, changes: readonly Change[], what: string): FieldCase {
  const document: Record<string, unknown> = {
    apiVersion: `kubeadm.k8s.io/${version}`,
    kind,
    ...(kind === "ClusterConfiguration" && { kubernetesVersion: release }),
    ...(kind === "JoinConfiguration" && { discovery: { bootstrapToken } }),
  };
  if (kind === "JoinConfiguration" && changes[0]?.path[1] === "file") document["discovery"] = {};
  for (const { path, value } of changes) put({ container: document, done: [] }, path, value);
  // Without a release kubeadm looks for one on the network, and 1.34 reads upgrades only beside a cluster.
  const cluster = { apiVersion: document["apiVersion"], kind: "ClusterConfiguration", kubernetesVersion: release };
  const stands = kind === "ClusterConfiguration" || kind === "JoinConfiguration" || kind === "ResetConfiguration";
  const texts = [document, ...(stands ? [] : [cluster])].map((entry) => `${JSON.stringify(entry)}\n`);
  const [first] = changes;
  const place = changes.length === 1 && first !== undefined ? `.${first.path.join(".")}` : "";
  return { name: `${version} ${kind}${place}: ${what}`, version, text: texts.join("---\n") };
}

const bootstrapToken = {
  token: "abcdef.0123456789abcdef",
  apiServerEndpoint: "192.168.10.100:6443",
  unsafeSkipCAVerification: true,
};

/** What must stand beside fields, or there is something else wrong. */
const neighbours: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "etcd.external": { endpoints: ["https://192.168.10.31:2379"] },
  "etcd.local.extraArgs.[]": { name: "v" },
  "apiServer.extraArgs.[]": { name: "v" },
  "controllerManager.extraArgs.[]": { name: "v" },
  "scheduler.extraArgs.[]": { name: "v" },
  "nodeRegistration.kubeletExtraArgs.[]": { name: "v" },
  "apply.patches": { directory: "/etc/kubernetes/patches" },
  "node.patches": { directory: "/etc/kubernetes/patches" },
  "discovery.bootstrapToken": bootstrapToken,
  "discovery.file": { kubeConfigPath: "https://example.com/kubeconfig" },
};

/** What must stand beside single fields. */
const beside: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "etcd.external.certFile": { keyFile: "/key", caFile: "/ca" },
  "etcd.external.keyFile": { certFile: "/cert", caFile: "/ca" },
};

interface Cursor {
  readonly container: Record<string, unknown>;
  readonly done: Path;
}

// A list has one item at most: what is put into it goes into that one.
function put({ container, done }: Cursor, path: Path, value: unknown): void {
  const [first, ...rest] = path;
  if (first === undefined) return;
  const here = [...done, first];
  if (rest.length === 0) {
    Object.assign(container, beside[here.join(".")], { [first]: value });
    return;
  }
  const standing = container[first];
  if (rest[0] === "[]") {
    const [, ...inItem] = rest;
    const [item] = Array.isArray(standing) ? (standing as readonly unknown[]) : [];
    container[first] = [inItem.length === 0 ? value : changed({ value: item, done: [...here, "[]"] }, inItem, value)];
    return;
  }
  container[first] = changed({ value: standing, done: here }, rest, value);
}

function changed(
  { value: standing, done }: { readonly value: unknown; readonly done: Path },
  path: Path,
  value: unknown,
): Record<string, unknown> {
  const container = { ...neighbours[done.join(".")], ...(isRecord(standing) ? standing : {}) };
  put({ container, done }, path, value);
  return container;
}
