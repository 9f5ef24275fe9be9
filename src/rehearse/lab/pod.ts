import type { V1Container, V1Pod } from "@kubernetes/client-node";
import { parse } from "yaml";

import { UserError } from "../../errors.ts";
import { hideNode, hostPaths, mountVolumes, type Place, placeIn, sealRoot, stageVolumes } from "./pod-files.ts";
import { restrictions } from "./pod-rights.ts";

/** What runs the one container of a static pod in a node. */
export interface PodCommand {
  /** The pod's and the container's: one pod may have several. */
  readonly name: string;
  readonly argv: readonly string[];
}

/**
 * The command that starts a static pod's container as the kubelet and a runtime would, of which these
 * matter to a daemon: command, user, capabilities, volumes, a root that cannot be written, a process
 * namespace of its own. The image is this machine; what is not mounted is not there. A volume of the
 * pod's own outlives the container. `image` makes the command where the manifest leaves it to the image.
 */
export function podCommand(manifest: string, image?: (place: Place) => readonly string[]): PodCommand {
  const { metadata, spec } = parse(manifest) as V1Pod;
  const container = spec?.containers[0];
  const name = metadata?.name ?? "";
  if (container === undefined || spec?.hostNetwork !== true)
    throw new UserError(`pod ${name} is not in the node's network: hostNetwork: true is missing`);
  const mark = container.name === name ? name : `${name}/${container.name}`;
  const volumes = spec.volumes ?? [];
  const mounts = container.volumeMounts ?? [];
  const inside = [
    ...stageVolumes(name, volumes),
    ...hideNode,
    ...mountVolumes(mounts, volumes),
    ...sealRoot(container),
    'exec "$@"',
  ];
  const command = container.command ?? image?.((file) => placeIn(file, mounts, volumes)) ?? [];
  const words = [
    ["sh", "-ec", [...hostPaths(volumes), 'exec "$@"'].join("\n"), "sh"],
    ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "--"],
    ["sh", "-ec", inside.join("\n"), podMark(mark)],
    ["env", ...variables(container)],
    restrictions(container, spec),
    command,
    container.args ?? [],
  ];
  return { name: mark, argv: words.flat() };
}

/** A word in the arguments of the process that waits for a pod's container. */
export function podMark(name: string): string {
  return `pod:${name}`;
}

function variables({ env = [] }: V1Container): readonly string[] {
  return env.flatMap(({ name, value }) => (value === undefined ? [] : `${name}=${value}`));
}
