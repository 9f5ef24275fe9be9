import type { HaproxyModel, NginxModel } from "../model/balancer.ts";
import type { YamlObject } from "../model/kubernetes.ts";
import type { ClusterPicture, NodePicture } from "../model/picture.ts";
import type { PortRedirect } from "../model/redirect.ts";
import type { CheckScript } from "../model/script.ts";
import type { KeepalivedModel } from "../model/vrrp.ts";
import { readHaproxy } from "./haproxy.ts";
import { readKeepalived } from "./keepalived.ts";
import { readNftables } from "./nftables.ts";
import { readNginx } from "./nginx.ts";
import { type Place, placesOf } from "./place.ts";
import type { Reading } from "./reading.ts";
import { type FileKind, recognize } from "./recognize.ts";
import { readScript } from "./script.ts";
import type { SyntaxProblem } from "./syntax.ts";
import { type ObjectKind, readObjects } from "./objects.ts";

/** A file to look at, under the name that findings give it. */
export interface InputFile {
  readonly file: string;
  readonly text: string;
  /** Permission bits, where they are known. */
  readonly mode?: number;
}

/** What was made of one file. */
export interface ReadFile {
  readonly file: string;
  /** What it was taken for, in words: "keepalived.conf", "2 kubeadm documents"; undefined for what no rule knows. */
  readonly recognized: string | undefined;
  readonly problems: readonly SyntaxProblem[];
}

/** Files as machines and clusters. */
export interface Tree {
  readonly clusters: readonly ClusterPicture[];
  readonly files: readonly ReadFile[];
}

/** Reads all files together, so that they can be compared with each other; of those beside them only the names count. */
export function readTree(inputs: readonly InputFile[], beside: readonly InputFile[] = []): Tree {
  const nodes = new Map<string, MutableNode>();
  const placeOf = placesOf([...inputs, ...beside].map(({ file }) => file));
  const included = new Set<string>();
  const find = lookupIn(inputs, placeOf);
  const lookup: Lookup = (from, path) => {
    const found = find(from, path);
    for (const { file } of found) included.add(file);
    return found;
  };
  const put = (input: InputFile): readonly [MutableNode, Place] => {
    const place = placeOf(input.file);
    const node = nodes.get(place.node) ?? newNode(place);
    nodes.set(place.node, node);
    node.paths.set(place.path, { file: input.file, mode: input.mode });
    return [node, place];
  };
  const files = inputs.map((input): ReadFile => {
    const [node, { path }] = put(input);
    return readInto(node, input, { lookup, path });
  });
  for (const input of beside) put(input);
  // A part of another file says nothing by itself.
  for (const { keepalived, haproxy, nginx } of nodes.values())
    for (const list of [keepalived, haproxy, nginx]) leaveOut(list, included);
  const clusters = new Map<string, NodePicture[]>();
  for (const node of nodes.values()) clusters.set(node.cluster, [...(clusters.get(node.cluster) ?? []), node]);
  return { clusters: [...clusters].map(([name, members]) => ({ name, nodes: members })), files };
}

function leaveOut(list: { readonly file: string }[], included: ReadonlySet<string>): void {
  const kept = list.filter(({ file }) => !included.has(file));
  list.splice(0, list.length, ...kept);
}

interface MutableNode extends NodePicture {
  readonly cluster: string;
  readonly keepalived: KeepalivedModel[];
  readonly haproxy: HaproxyModel[];
  readonly nginx: NginxModel[];
  readonly scripts: CheckScript[];
  readonly redirects: PortRedirect[];
  readonly pods: YamlObject[];
  readonly kubeadm: YamlObject[];
  readonly objects: YamlObject[];
  readonly paths: Map<string, { readonly file: string; readonly mode: number | undefined }>;
}

function newNode(place: Place): MutableNode {
  return {
    name: place.node.split("/").at(-1) ?? place.node,
    cluster: place.cluster,
    keepalived: [],
    haproxy: [],
    nginx: [],
    scripts: [],
    redirects: [],
    pods: [],
    kubeadm: [],
    objects: [],
    paths: new Map(),
  };
}

type Lookup = (from: string, path: string) => readonly InputFile[];

function readInto(
  node: MutableNode,
  { file, text }: InputFile,
  { lookup, path: place }: { readonly lookup: Lookup; readonly path: string },
): ReadFile {
  const kind = recognize(file, text);
  const source = { file, text, lookup: (path: string) => lookup(file, path) };
  const take = <Model>(reading: Reading<Model>, into: Model[]): ReadFile => {
    into.push(reading.model);
    return { file, recognized: words[kind], problems: reading.problems };
  };
  switch (kind) {
    case "keepalived":
      return take(readKeepalived(source), node.keepalived);
    case "haproxy":
      return take(readHaproxy(source), node.haproxy);
    case "nginx":
      return take(readNginx(source), node.nginx);
    case "script":
      return take(readScript(source), node.scripts);
    case "nftables":
      node.redirects.push(...readNftables(source).model);
      return { file, recognized: words[kind], problems: [] };
    case "yaml": {
      const { objects, problems, recognized } = readObjects(source, place);
      const lists: Readonly<Record<ObjectKind, YamlObject[]>> = {
        pod: node.pods,
        kubeadm: node.kubeadm,
        object: node.objects,
      };
      for (const { kind: objectKind, object } of objects) lists[objectKind].push(object);
      return { file, recognized, problems };
    }
    case "unknown":
      break;
  }
  return { file, recognized: undefined, problems: [] };
}

const words: Readonly<Record<FileKind, string | undefined>> = {
  keepalived: "keepalived configuration",
  haproxy: "haproxy configuration",
  nginx: "nginx configuration",
  script: "shell script",
  nftables: "rules of nftables",
  yaml: "YAML",
  unknown: undefined,
};

// An include names a path on the machine, absolute or beside the file; * stands for names.
function lookupIn(inputs: readonly InputFile[], placeOf: ReturnType<typeof placesOf>): Lookup {
  const byNode = new Map<string, InputFile>(
    inputs.map((input) => {
      const { node, path } = placeOf(input.file);
      return [`${node} ${path}`, input];
    }),
  );
  return (from, path) => {
    const { node, path: own } = placeOf(from);
    const absolute = path.startsWith("/") ? path : `${own.slice(0, own.lastIndexOf("/"))}/${path}`;
    const exact = byNode.get(`${node} ${absolute}`);
    if (exact !== undefined) return [exact];
    // Nobody writes more stars, and a pattern of many takes for ever.
    const stars = absolute.split("*").length - 1;
    if (stars < 1 || stars > mostStars) return [];
    const pattern = new RegExp(`^${absolute.split("*").map(escaped).join("[^/]*")}$`);
    return [...byNode]
      .filter(([key]) => key.startsWith(`${node} `) && pattern.test(key.slice(node.length + 1)))
      .map(([, input]) => input);
  };
}

const mostStars = 3;

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
