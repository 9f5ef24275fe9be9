import { isRecord, readPath } from "../config/paths.ts";
import type { NodePicture } from "../model/picture.ts";

/** The container that runs a program on a machine, by the static pods that were given. */
export interface RunningContainer {
  readonly image: string;
  /** Release of the program by the image's tag, such as 2.8. */
  readonly release: number | undefined;
  /** Whether it may start as root. */
  readonly isRoot: boolean;
  /** Paths at which something of the host or an emptyDir is mounted. */
  readonly mounts: readonly string[];
}

/** The container that reads a configuration file: by its image or name, else because it mounts the file. */
export function containerOf(
  node: NodePicture,
  { program, file }: { readonly program: "haproxy" | "nginx"; readonly file: string },
): RunningContainer | undefined {
  const all = node.pods.flatMap(({ value }) => containersOf(value));
  const path = [...node.paths].find(([, entry]) => entry.file === file)?.[0];
  const found =
    all.find(({ image, name }) => nameOf(image).includes(program) || name === program) ??
    all.find((one) => !other.test(one.image) && path !== undefined && one.hostPaths.some((host) => covers(host, path)));
  if (found === undefined) return undefined;
  const { image, user, mounts } = found;
  return {
    image,
    release: releaseOf(image),
    // The official image of haproxy runs as uid 99; of others nothing is known.
    isRoot: user === undefined ? nameOf(image) !== "haproxy" : user === 0,
    mounts,
  };
}

interface Container {
  readonly name: unknown;
  readonly image: string;
  readonly user: unknown;
  readonly mounts: readonly string[];
  /** Paths of the host that it mounts. */
  readonly hostPaths: readonly string[];
}

function containersOf(pod: unknown): readonly Container[] {
  const volumes = recordsAt(pod, ["spec", "volumes"]);
  return recordsAt(pod, ["spec", "containers"]).map((container) => {
    const mounts = recordsAt(container, ["volumeMounts"]);
    const mounted = new Set(mounts.map(({ name }) => name));
    return {
      name: container["name"],
      image: typeof container["image"] === "string" ? container["image"] : "",
      user:
        readPath(container, ["securityContext", "runAsUser"]) ??
        readPath(pod, ["spec", "securityContext", "runAsUser"]),
      mounts: mounts.map(({ mountPath }) => String(mountPath)),
      hostPaths: volumes
        .filter(({ name }) => mounted.has(name))
        .flatMap((volume) => {
          const path = readPath(volume, ["hostPath", "path"]);
          return typeof path === "string" ? [path] : [];
        }),
    };
  });
}

function recordsAt(root: unknown, path: readonly string[]): readonly Readonly<Record<string, unknown>>[] {
  const list = readPath(root, path);
  return Array.isArray(list) ? list.filter(isRecord) : [];
}

/** Programs that stand beside a balancer and may mount its directory. */
const other = /keepalived|kube-vip/;

// The root of the host is mounted for other ends.
function covers(host: string, path: string): boolean {
  return host !== "/" && (path === host || path.startsWith(`${host.replace(/\/$/, "")}/`));
}

function nameOf(image: string): string {
  return image.replace(/[@:][^/]*$/, "").replace(/^.*\//, "");
}

function releaseOf(image: string): number | undefined {
  const [, release] = /:v?(\d+\.\d+)(?:[.@-]|$)/.exec(image) ?? [];
  return release === undefined ? undefined : Number(release);
}
