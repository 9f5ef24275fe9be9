import type { V1Container, V1Pod, V1Volume, V1VolumeMount } from "@kubernetes/client-node";
import { parse } from "yaml";

import { collect, descendant, signal } from "./process.ts";
import { mustRun, type Space, start } from "./space.ts";
import { eventually } from "./wait.ts";

/** The one container of a static pod, running in a node. */
export interface Pod {
  readonly name: string;
  /** What it printed. */
  log(): string;
  running(): boolean;
  /** Its first process, as this machine sees it. */
  pid(): number | undefined;
  /** Sends a signal to its first process. */
  kill(signal: NodeJS.Signals): void;
}

/**
 * Starts a static pod's container as the kubelet and a runtime would, of which these matter to our
 * files: command, volumes, capabilities, a root that cannot be written, a process namespace of its
 * own. The image is this machine; what of our files is not mounted is not there.
 */
export async function startPod(node: Space, manifest: string): Promise<Pod> {
  const { metadata, spec } = parse(manifest) as V1Pod;
  const container = spec?.containers[0];
  const name = metadata?.name ?? "";
  if (container === undefined || spec?.hostNetwork !== true)
    throw new Error(`${name}: not a static pod in the node's network`);
  const volumes = spec.volumes ?? [];
  await checkHostPaths(node, volumes);
  const script = [
    ...stage(volumes),
    ...hideNode,
    ...mounts(container.volumeMounts ?? [], volumes),
    ...sealRoot(container),
    'exec "$@"',
  ].join("\n");
  const namespaces = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"];
  const child = start(node, [
    ...namespaces,
    "--",
    "sh",
    "-ec",
    script,
    name,
    ...restrictions(container),
    ...(container.command ?? []),
    ...(container.args ?? []),
  ]);
  const { stdout, stderr } = collect(child);
  const log = (): string => stdout() + stderr();
  const running = (): boolean => child.exitCode === null && child.signalCode === null;
  await eventually(`${name} on ${node.name} starts`, 5, () => {
    if (!running()) throw new Error(`${name} on ${node.name} ended at once: ${log()}`);
    return descendant(child, depth);
  });
  return { name, log, running, pid: () => descendant(child, depth), kill: (wanted) => signal(child, depth, wanted) };
}

// nsenter waits for unshare, which waits for the container's first process.
const depth = 2;

/** The kubelet does not start a pod whose files are missing. */
async function checkHostPaths(node: Space, volumes: readonly V1Volume[]): Promise<void> {
  for (const { name, hostPath } of volumes) {
    if (hostPath === undefined) continue;
    if (hostPath.type === "DirectoryOrCreate") await mustRun(node, ["mkdir", "-p", hostPath.path]);
    else if (hostPath.type === "File" || hostPath.type === "Directory")
      await mustRun(node, ["test", hostPath.type === "File" ? "-f" : "-d", hostPath.path]);
    else throw new Error(`volume ${name} has the type ${hostPath.type}, which this lab does not know`);
  }
}

/** Volumes of the node are put aside first: a mount may hide the place where another comes from. */
function stage(volumes: readonly V1Volume[]): readonly string[] {
  const lines = volumes.flatMap(({ name, hostPath }) => {
    if (hostPath === undefined) return [];
    return [
      `${hostPath.type === "File" ? "touch" : "mkdir"} ${aside(name)}`,
      `mount --bind '${hostPath.path}' ${aside(name)}`,
    ];
  });
  return ["mount -t tmpfs aside /mnt", ...lines];
}

function aside(volume: string): string {
  return `'/mnt/${volume}'`;
}

// No image has the node's own files.
const notInImages = ["/etc/kubeadm-ha", "/etc/kubernetes", "/run"];
const hideNode = notInImages.map((directory) => `if [ -d ${directory} ]; then mount -t tmpfs image ${directory}; fi`);

/** Outer ones first, as runtimes do, whatever their order in the manifest. */
function mounts(list: readonly V1VolumeMount[], volumes: readonly V1Volume[]): readonly string[] {
  const inOrder = list.toSorted((a, b) => a.mountPath.split("/").length - b.mountPath.split("/").length);
  return inOrder.flatMap(({ name, mountPath, readOnly }) => {
    const volume = volumes.find((candidate) => candidate.name === name);
    if (volume === undefined) throw new Error(`no volume ${name}`);
    if (volume.emptyDir !== undefined) return [`mkdir -p '${mountPath}'`, `mount -t tmpfs memory '${mountPath}'`];
    const place =
      volume.hostPath?.type === "File"
        ? [`mkdir -p "$(dirname '${mountPath}')"`, `touch '${mountPath}'`]
        : [`mkdir -p '${mountPath}'`];
    return [
      ...place,
      `mount --bind ${aside(name)} '${mountPath}'`,
      ...(readOnly === true ? [`mount -o remount,bind,ro '${mountPath}'`] : []),
    ];
  });
}

function sealRoot({ securityContext, volumeMounts }: V1Container): readonly string[] {
  if (securityContext?.readOnlyRootFilesystem !== true) return [];
  const hidden = notInImages.filter(
    (directory) => volumeMounts?.every(({ mountPath }) => mountPath !== directory) ?? true,
  );
  return [...hidden, "/etc", "/"].map(
    (directory) => `if mountpoint -q ${directory}; then mount -o remount,bind,ro ${directory}; fi`,
  );
}

/** The container's capabilities and nothing beyond them. */
function restrictions({ securityContext }: V1Container): readonly string[] {
  const { capabilities, allowPrivilegeEscalation, runAsUser } = securityContext ?? {};
  if (capabilities?.drop?.includes("ALL") !== true)
    throw new Error("a container that keeps the runtime's default capabilities");
  const added = (capabilities.add ?? []).map((capability) => `+${capability.toLowerCase()}`);
  const noNewPrivileges = allowPrivilegeEscalation === false ? ["--no-new-privs"] : [];
  const user = runAsUser === undefined || runAsUser === 0 ? [] : ["--reuid", String(runAsUser)];
  return [
    "setpriv",
    "--inh-caps=-all",
    `--bounding-set=${["-all", ...added].join(",")}`,
    ...noNewPrivileges,
    ...user,
    "--",
  ];
}
