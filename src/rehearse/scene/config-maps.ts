import { isRecord, readPath } from "../../config/paths.ts";
import type { YamlObject } from "../../model/kubernetes.ts";
import type { NodePicture } from "../../model/picture.ts";
import { type Pod, readPod } from "../../readers/pod.ts";
import { type InputFile, readTree } from "../../readers/read-tree.ts";

/** What ConfigMaps among some files hold, as files of the machines where containers see them; a file that is there stays. */
export function configMapFiles(files: readonly InputFile[]): readonly InputFile[] {
  if (!files.some(({ text }) => /kind["']?:\s*["']?ConfigMap\b/.test(text))) return [];
  const known = new Set(files.map(({ file }) => file));
  const nodes = readTree(files).clusters.flatMap((cluster) => cluster.nodes);
  const found = nodes.flatMap((node) => configMapsOf(node).flatMap((object) => filesOf(object, node)));
  return found.filter(
    ({ file }, index) => !known.has(file) && found.findIndex((other) => other.file === file) === index,
  );
}

/** The directory of a machine that stands for a volume made from a ConfigMap that is among the files; undefined for others. */
export function configMapDirectory(volume: unknown, pod: Pod, node: NodePicture): string | undefined {
  const name = readPath(volume, ["name"]);
  const source = readPath(volume, ["configMap", "name"]);
  if (!configMapsOf(node).some((object) => nameOf(object) === source)) return undefined;
  const mounts = pod.containers.flatMap((container) => container.mounts);
  const mount = mounts.find((candidate) => candidate.volume?.name === name);
  if (mount === undefined) return undefined;
  return mount.part.at("subPath").exists ? mount.path.slice(0, mount.path.lastIndexOf("/")) : mount.path;
}

/** The static pods and workloads of a machine. */
export function podsOf({ pods, objects }: NodePicture): readonly Pod[] {
  return [...pods, ...objects.filter(({ kind }) => kind === "Pod" || kind === "DaemonSet")].map(readPod);
}

function configMapsOf({ objects }: NodePicture): readonly YamlObject[] {
  return objects.filter(({ kind }) => kind === "ConfigMap");
}

function filesOf(object: YamlObject, node: NodePicture): readonly InputFile[] {
  const data = readPath(object.value, ["data"]);
  const root = object.file.endsWith(object.path) ? object.file.slice(0, -object.path.length) : "";
  return Object.entries(isRecord(data) ? data : {}).flatMap(([key, text]): readonly InputFile[] => {
    if (typeof text !== "string") return [];
    const seen = podsOf(node).flatMap((pod) => placesOf(pod, { name: nameOf(object), key }));
    const paths = seen.length > 0 ? seen : (usualPath(key) ?? []);
    return [paths].flat().map((path) => ({ file: `${root}${path}`.replace(/^\/+/, ""), text }));
  });
}

interface Entry {
  readonly name: string | undefined;
  readonly key: string;
}

// Where containers of a pod see an entry.
function placesOf({ containers }: Pod, { name, key }: Entry): readonly string[] {
  return containers
    .flatMap(({ mounts }) => mounts)
    .flatMap(({ path, part, volume }) => {
      const source = volume?.part.at("configMap");
      if (name === undefined || source?.at("name").text !== name) return [];
      const items = source.at("items").items();
      const item = items.find((candidate) => candidate.at("key").text === key);
      const file = items.length === 0 ? key : item?.at("path").text;
      if (file === undefined) return [];
      const only = part.at("subPath").text;
      if (only === undefined) return [`${path}/${file}`];
      return only === file ? [path] : [];
    });
}

// Where nobody says it, where the programs look for it.
function usualPath(key: string): string | undefined {
  const [, program] = /^(haproxy|keepalived|nginx)\.(?:cfg|conf)$/.exec(key) ?? [];
  return program === undefined ? undefined : `/etc/${program}/${key}`;
}

function nameOf({ value }: YamlObject): string | undefined {
  const name = readPath(value, ["metadata", "name"]);
  return typeof name === "string" ? name : undefined;
}
