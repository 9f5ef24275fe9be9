import { apiVersion as ownApiVersion } from "../config/schema.ts";
import { isRecord } from "../config/paths.ts";
import type { YamlObject } from "../model/kubernetes.ts";
import { type Manifest, readManifests } from "../yaml/read-manifests.ts";
import { agentOf } from "./agent.ts";
import { readPod } from "./pod.ts";
import type { ReadSource } from "./reading.ts";
import type { SyntaxProblem } from "./syntax.ts";

/** What a document counts as among the rules. */
export type ObjectKind = "pod" | "kubeadm" | "object";

/** The documents of a YAML file. */
export interface ReadObjects {
  readonly objects: readonly { readonly kind: ObjectKind; readonly object: YamlObject }[];
  readonly problems: readonly SyntaxProblem[];
  /** In words; undefined where no document is known. */
  readonly recognized: string | undefined;
}

/** Reads a YAML stream; `path` is where the file stands on its machine. */
export function readObjects({ file, text }: ReadSource, path: string): ReadObjects {
  const { documents, findings } = readManifests(file, text);
  const all = documents.map((document) => describe({ file, path }, document)).filter(({ value }) => isRecord(value));
  const isKubeadmFile = all.some(({ apiVersion }) => isKubeadm(apiVersion));
  const objects = all
    .filter(({ apiVersion }) => apiVersion !== ownApiVersion)
    .map((object) => ({ kind: kindOf(object, { path, isKubeadmFile }), object }));
  const problems = findings.flatMap(({ position, message, remedy }) =>
    position !== undefined && "file" in position ? [{ position, message, remedy }] : [],
  );
  return { objects, problems, recognized: inWords(all) };
}

function describe(place: Pick<YamlObject, "file" | "path">, document: Manifest): YamlObject {
  const { value } = document;
  const text = (key: string): string | undefined => {
    const entry = isRecord(value) ? value[key] : undefined;
    return typeof entry === "string" ? entry : undefined;
  };
  return {
    ...place,
    value,
    apiVersion: text("apiVersion"),
    kind: text("kind"),
    locate: (steps) => document.locate(steps),
    locateKey: (steps) => document.locateKey(steps),
  };
}

function kindOf(
  object: YamlObject,
  { path, isKubeadmFile }: { readonly path: string; readonly isKubeadmFile: boolean },
): ObjectKind {
  // A document without kind beside kubeadm's own is one that kubeadm refuses.
  if (isKubeadm(object.apiVersion) || (isKubeadmFile && object.kind !== "Pod")) return "kubeadm";
  if (object.kind === "Pod") return isStaticPodPath(path) || isNodeAgent(object) ? "pod" : "object";
  return workloads.has(object.kind ?? "") && isNodeAgent(object) ? "pod" : "object";
}

// kube-vip runs as a DaemonSet too, and is judged by the same rules there.
const workloads = new Set(["DaemonSet", "Deployment"]);

/** Whether a kubelet reads its static pods from the directory of a file. */
export function isStaticPodPath(path: string): boolean {
  return staticPodPath.test(path);
}

const staticPodPath =
  /^\/etc\/(?:kubernetes|rancher|origin)\/.*manifests?\/|^\/var\/lib\/rancher\/.*(?:manifests|pod-manifests)\//;

function isKubeadm(apiVersion: string | undefined): boolean {
  return apiVersion?.startsWith("kubeadm.k8s.io/") === true;
}

/** A pod that runs one of the programs that the rules know; haproxy and nginx serve other ends too, in networks of their own. */
function isNodeAgent(object: YamlObject): boolean {
  const { containers, spec, isPod } = readPod(object);
  const onHostNetwork = spec.at("hostNetwork").value === true;
  return containers.some((container) => {
    const program = agentOf(container);
    return isPod
      ? program === "kube-vip" || program === "keepalived" || (program !== undefined && onHostNetwork)
      : program === "kube-vip";
  });
}

function inWords(objects: readonly YamlObject[]): string | undefined {
  const kinds = objects.flatMap(({ apiVersion, kind }) =>
    kind === undefined ? [] : [isKubeadm(apiVersion) ? `kubeadm ${kind}` : kind],
  );
  return kinds.length === 0 ? undefined : [...new Set(kinds)].join(", ");
}
