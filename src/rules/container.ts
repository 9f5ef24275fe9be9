import { isRecord, readPath } from "../config/paths.ts";
import type { NodePicture } from "../model/picture.ts";

/** The container that runs a program on a machine, by the static pods that were given. */
export interface RunningContainer {
  readonly image: string;
  /** Release of the program by the image's tag, such as 2.8. */
  readonly release: number | undefined;
  /** Whether it starts as root. */
  readonly isRoot: boolean;
  /** Paths at which something of the host or an emptyDir is mounted. */
  readonly mounts: readonly string[];
}

/** The container with an image of that name. */
export function containerOf(node: NodePicture, program: "haproxy" | "nginx"): RunningContainer | undefined {
  for (const { value } of node.pods) {
    const containers = readPath(value, ["spec", "containers"]);
    for (const container of Array.isArray(containers) ? containers.filter(isRecord) : []) {
      const image = String(container["image"] ?? "");
      if (!nameOf(image).includes(program) && container["name"] !== program) continue;
      const user =
        readPath(container, ["securityContext", "runAsUser"]) ??
        readPath(value, ["spec", "securityContext", "runAsUser"]);
      return {
        image,
        release: releaseOf(image),
        // The official image of haproxy runs as uid 99; of others nothing is known.
        isRoot: user === undefined ? nameOf(image) !== "haproxy" : user === 0,
        mounts: mountsOf(container),
      };
    }
  }
  return undefined;
}

function nameOf(image: string): string {
  return image.replace(/[@:][^/]*$/, "").replace(/^.*\//, "");
}

function releaseOf(image: string): number | undefined {
  const [, release] = /:v?(\d+\.\d+)(?:[.@-]|$)/.exec(image) ?? [];
  return release === undefined ? undefined : Number(release);
}

function mountsOf(container: Readonly<Record<string, unknown>>): readonly string[] {
  const mounts = container["volumeMounts"];
  return (Array.isArray(mounts) ? mounts.filter(isRecord) : []).map((mount) => String(mount["mountPath"]));
}
