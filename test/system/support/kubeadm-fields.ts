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

/** Every field of both versions of kubeadm's configuration, right and wrong, for clusters of a release. */
export function fieldCases(version: ApiVersion, release: string): readonly FieldCase[] {
  return Object.entries(version === "v1beta3" ? v1beta3 : v1beta4).flatMap(([kind, field]) => {
    const around = { version, release, kind };
    return [...unknownNeighbour(around, [], field), ...below(around, [], field)];
  });
}

/** A document of each kind that has nothing wrong. */
export function plainCases(version: ApiVersion, release: string): readonly FieldCase[] {
  return Object.keys(version === "v1beta3" ? v1beta3 : v1beta4).map((kind) =>
    built({ version, release, kind }, { path: [], value: {}, what: "plain" }),
  );
}

interface Around {
  readonly version: ApiVersion;
  readonly release: string;
  readonly kind: string;
}

type Path = readonly string[];

function below(around: Around, path: Path, field: Field): readonly FieldCase[] {
  const fields: Fields =
    field.type === "object"
      ? field.fields
      : field.type === "list"
        ? { "[]": field.items }
        : field.type === "map"
          ? { [mapKey(path)]: field.values }
          : {};
  return Object.entries(fields)
    .filter(([name]) => path.length > 0 || (name !== "apiVersion" && name !== "kind"))
    .flatMap(([name, entry]) => casesOf(around, [...path, name], entry));
}

function casesOf(around: Around, path: Path, field: Field): readonly FieldCase[] {
  const special = specialValues[`${around.kind}.${path.join(".")}`] ?? {};
  const right = special.right ?? [rightValue(field, path)];
  const wrong = [...wrongTypes[field.type], ...(special.wrong ?? [])];
  const one = (value: unknown, what: string): FieldCase => built(around, { path, value, what });
  return [
    ...right.map((value) => one(value, `right ${JSON.stringify(value)}`)),
    ...wrong.map((value) => one(value, `wrong ${JSON.stringify(value)}`)),
    ...Object.entries(special.stricter ?? {}).map(([reason, value]) => ({
      ...one(value, `stricter ${JSON.stringify(value)}`),
      stricter: reason,
    })),
    ...unknownNeighbour(around, path, field),
    ...below(around, path, field),
  ];
}

function unknownNeighbour(around: Around, path: Path, field: Field): readonly FieldCase[] {
  return field.type === "object" ? [built(around, { path: [...path, "unknownField"], value: 1, what: "unknown" })] : [];
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

function rightValue(field: Field, path: Path): unknown {
  switch (field.type) {
    case "list":
      return [];
    case "map":
      return {};
    case "object":
      return neighbours[path.join(".")] ?? {};
    default:
      return rightScalars[field.type];
  }
}

const rightScalars = {
  text: "text",
  boolean: true,
  int32: 6443,
  int: 3,
  duration: "1m30s",
  time: "2027-01-31T12:00:00Z",
  quantity: "1500m",
} as const;

function mapKey(path: Path): string {
  return path.at(-1) === "featureGates" ? "RootlessControlPlane" : "v";
}

interface Change {
  readonly path: Path;
  readonly value: unknown;
  readonly what: string;
}

function built({ version, release, kind }: Around, { path, value, what }: Change): FieldCase {
  const document: Record<string, unknown> = {
    apiVersion: `kubeadm.k8s.io/${version}`,
    kind,
    ...(kind === "ClusterConfiguration" && { kubernetesVersion: release }),
    ...(kind === "JoinConfiguration" && { discovery: { bootstrapToken } }),
  };
  if (kind === "JoinConfiguration" && path[1] === "file") document["discovery"] = {};
  put({ container: document, done: [] }, path, value);
  // Without a release kubeadm looks for one on the network, and 1.34 reads upgrades only beside a cluster.
  const cluster = { apiVersion: document["apiVersion"], kind: "ClusterConfiguration", kubernetesVersion: release };
  const alone = kind === "ClusterConfiguration" || kind === "JoinConfiguration" || kind === "ResetConfiguration";
  const texts = [document, ...(alone ? [] : [cluster])].map((entry) => `${JSON.stringify(entry)}\n`);
  return { name: `${version} ${kind}.${path.join(".")}: ${what}`, version, text: texts.join("---\n") };
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

interface Cursor {
  readonly container: Record<string, unknown> | unknown[];
  readonly done: Path;
}

function put({ container, done }: Cursor, path: Path, value: unknown): void {
  const [first, ...rest] = path;
  if (first === undefined) return;
  const here = [...done, first];
  const store = (entry: unknown): void => {
    if (Array.isArray(container)) container.push(entry);
    else container[first] = entry;
  };
  if (rest.length === 0) {
    if (!Array.isArray(container) && here.join(".") === "etcd.external.certFile")
      Object.assign(container, { keyFile: "/key", caFile: "/ca" });
    if (!Array.isArray(container) && here.join(".") === "etcd.external.keyFile")
      Object.assign(container, { certFile: "/cert", caFile: "/ca" });
    store(value);
    return;
  }
  const standing = Array.isArray(container) ? undefined : container[first];
  const next = rest[0] === "[]" ? [] : { ...(isRecord(standing) ? standing : {}), ...neighbours[here.join(".")] };
  store(next);
  put({ container: next, done: here }, rest, value);
}
