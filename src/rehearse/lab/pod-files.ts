import type { V1Container, V1Volume, V1VolumeMount } from "@kubernetes/client-node";

import { UserError } from "../../errors.ts";
import { shellWord } from "../../render/text.ts";

// Shell lines that give a container its files: those for `hostPaths` run on the node, the others in the
// container's own mount namespace, in the order of this file.

/** Where the container sees a file of the node, if it does. */
export type Place = (file: string) => string | undefined;

/** What the kubelet checks or makes before it starts a pod. */
export function hostPaths(volumes: readonly V1Volume[]): readonly string[] {
  return volumes.flatMap(({ hostPath, emptyDir, name }) => {
    if (emptyDir !== undefined) return [];
    if (hostPath === undefined)
      throw new UserError(
        `volume ${name} of a static pod is neither a hostPath nor a ConfigMap that is among the files`,
      );
    const prepare = hostPathTypes[hostPath.type ?? ""];
    if (prepare === undefined)
      throw new UserError(
        `volume ${name} of a static pod has the type ${hostPath.type}, which a rehearsal cannot give`,
      );
    return prepare(shellWord(hostPath.path));
  });
}

const hostPathTypes: Readonly<Record<string, (path: string) => string>> = {
  // Nothing is checked, and the runtime makes a directory of a path that is missing.
  "": (path) => `test -e ${path} || mkdir -p ${path}`,
  File: (path) => `test -f ${path} || { echo ${path} is not a file >&2; exit 1; }`,
  FileOrCreate: (path) => `mkdir -p "$(dirname ${path})"; touch ${path}`,
  Directory: (path) => `test -d ${path} || { echo ${path} is not a directory >&2; exit 1; }`,
  DirectoryOrCreate: (path) => `mkdir -p ${path}`,
};

/** Volumes are put aside first: a mount may hide the place where another comes from. */
export function stageVolumes(pod: string, volumes: readonly V1Volume[]): readonly string[] {
  const lines = volumes.flatMap(({ name, hostPath }) => {
    const from = shellWord(hostPath?.path ?? `/run/.pods/${pod}/${name}`);
    return [
      ...(hostPath === undefined ? [`mkdir -p -m 777 ${from}`] : []),
      `if [ -d ${from} ]; then mkdir ${aside(name)}; else touch ${aside(name)}; fi`,
      `mount --bind ${from} ${aside(name)}`,
    ];
  });
  return ["mount -t tmpfs aside /mnt", ...lines];
}

function aside(volume: string, subPath = ""): string {
  return shellWord(`/mnt/${volume}${subPath === "" ? "" : `/${subPath}`}`);
}

const notInImages = ["/etc/kubeadm-ha", "/etc/kubernetes", "/etc/keepalived", "/etc/haproxy", "/run", "/tmp"];

/** No image has the node's own files. */
export const hideNode = notInImages.map(
  (directory) => `if [ -d ${directory} ]; then mount -t tmpfs image ${directory}; fi`,
);

/** Outer ones first, as runtimes do, whatever their order in the manifest. */
export function mountVolumes(mounts: readonly V1VolumeMount[], volumes: readonly V1Volume[]): readonly string[] {
  const inOrder = mounts.toSorted((a, b) => a.mountPath.split("/").length - b.mountPath.split("/").length);
  return inOrder.flatMap(({ name, mountPath, readOnly, subPath }) => {
    if (volumes.every((candidate) => candidate.name !== name))
      throw new UserError(`a container mounts the volume ${name}, which its pod does not have`);
    const [from, to] = [aside(name, subPath), shellWord(mountPath)];
    return [
      `if [ -d ${from} ]; then mkdir -p ${to}; else mkdir -p "$(dirname ${to})"; touch ${to}; fi`,
      `mount --bind ${from} ${to}`,
      ...(readOnly === true ? [`mount -o remount,bind,ro ${to}`] : []),
    ];
  });
}

/** A root that cannot be written, where the manifest wants that; volumes in it are mounts of their own. */
export function sealRoot({ securityContext, volumeMounts }: V1Container): readonly string[] {
  if (securityContext?.readOnlyRootFilesystem !== true) return [];
  const volumes = new Set((volumeMounts ?? []).map(({ mountPath }) => mountPath));
  const directories = [...notInImages, "/etc", "/usr", "/var", "/opt", "/home", "/srv", "/root", "/"];
  return directories
    .filter((directory) => !volumes.has(directory))
    .map((directory) => `if mountpoint -q ${directory}; then mount -o remount,bind,ro ${directory}; fi`);
}

/** Where a container sees a file of the node. */
export function placeIn(
  file: string,
  mounts: readonly V1VolumeMount[],
  volumes: readonly V1Volume[],
): string | undefined {
  for (const { name, mountPath, subPath } of mounts) {
    const base = volumes.find((volume) => volume.name === name)?.hostPath?.path;
    const from = subPath === undefined ? base : `${base}/${subPath}`;
    if (from === file) return mountPath;
    if (from !== undefined && file.startsWith(`${from}/`)) return mountPath + file.slice(from.length);
  }
  return undefined;
}
