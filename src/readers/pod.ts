import type { YamlObject } from "../model/kubernetes.ts";
import { type YamlPart, yamlPart } from "./yaml-part.ts";

/** A pod, or the template of one, with the places of what rules look at. */
export interface Pod {
  readonly object: YamlObject;
  /** Whether it is a pod of its own; else it is the template of a workload. */
  readonly isPod: boolean;
  readonly metadata: YamlPart;
  readonly spec: YamlPart;
  /** Without init containers. */
  readonly containers: readonly Container[];
  readonly volumes: readonly Volume[];
}

export interface Container {
  readonly part: YamlPart;
  readonly name: string;
  readonly image: YamlPart;
  /** Command and arguments in one list. */
  readonly words: readonly YamlPart[];
  readonly environment: readonly EnvironmentEntry[];
  readonly mounts: readonly Mount[];
  readonly securityContext: YamlPart;
}

export interface EnvironmentEntry {
  readonly name: string;
  readonly part: YamlPart;
  /** Where the value is written, text or not; it does not exist for references. */
  readonly value: YamlPart;
}

export interface Mount {
  readonly part: YamlPart;
  readonly path: string;
  readonly volume: Volume | undefined;
}

export interface Volume {
  readonly part: YamlPart;
  readonly name: string;
  /** Undefined for other kinds of volume. */
  readonly hostPath: YamlPart | undefined;
}

/** The parts of a pod; a pod without containers has none, whatever else is wrong with it. */
export function readPod(object: YamlObject): Pod {
  const pod = known.get(object) ?? podOf(object);
  known.set(object, pod);
  return pod;
}

// Every rule asks for it.
const known = new WeakMap<YamlObject, Pod>();

function podOf(object: YamlObject): Pod {
  const isPod = object.kind === "Pod";
  const root = isPod ? yamlPart(object) : yamlPart(object, ["spec", "template"]);
  const spec = root.at("spec");
  const volumes = spec.at("volumes").items().map(readVolume);
  return {
    object,
    isPod,
    metadata: root.at("metadata"),
    spec,
    volumes,
    containers: spec
      .at("containers")
      .items()
      .map((part) => readContainer(part, volumes)),
  };
}

function readVolume(part: YamlPart): Volume {
  const hostPath = part.at("hostPath");
  return { part, name: part.at("name").text ?? "", hostPath: hostPath.exists ? hostPath : undefined };
}

function readContainer(part: YamlPart, volumes: readonly Volume[]): Container {
  return {
    part,
    name: part.at("name").text ?? "",
    image: part.at("image"),
    words: [...part.at("command").items(), ...part.at("args").items()],
    environment: part
      .at("env")
      .items()
      .map((entry) => ({ name: entry.at("name").text ?? "", part: entry, value: entry.at("value") })),
    mounts: part
      .at("volumeMounts")
      .items()
      .map((mount) => ({
        part: mount,
        path: (mount.at("mountPath").text ?? "").replace(/(?<=.)\/+$/, ""),
        volume: volumes.find(({ name }) => name !== "" && name === mount.at("name").text),
      })),
    securityContext: part.at("securityContext"),
  };
}

/** The mount through which a container sees a path, and where that path is on the machine. */
export function mountOf(
  container: Container,
  path: string,
): { readonly mount: Mount; readonly hostPath: string | undefined } | undefined {
  const [mount] = container.mounts
    .filter((candidate) => path === candidate.path || path.startsWith(`${candidate.path}/`))
    .toSorted((a, b) => b.path.length - a.path.length);
  if (mount === undefined) return undefined;
  const root = mount.volume?.hostPath?.at("path").text?.replace(/\/+$/, "");
  const within = mount.part.at("subPath").text;
  const below = path.slice(mount.path.length);
  return {
    mount,
    hostPath: root === undefined ? undefined : `${root}${within === undefined ? "" : `/${within}`}${below}`,
  };
}

/** The capabilities that are added to a container's, or dropped, without the prefix CAP_. */
export function capabilities(container: Container, list: "add" | "drop"): readonly YamlPart[] {
  return container.securityContext.at("capabilities", list).items();
}

/** Whether a capability is in such a list. */
export function hasCapability(container: Container, list: "add" | "drop", name: string): boolean {
  return capabilities(container, list).some(({ text }) => {
    const capability = text?.toUpperCase().replace(/^CAP_/, "");
    return capability === name || capability === "ALL";
  });
}
