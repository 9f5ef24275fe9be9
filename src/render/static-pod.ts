import type { V1Container, V1HostAlias, V1Pod, V1Volume, V1VolumeMount } from "@kubernetes/client-node";

/** What differs between the static pods of a control plane. */
export interface StaticPod {
  readonly name: string;
  /** What the node is to the cluster; the control plane where nothing is said. */
  readonly tier?: "node";
  readonly container: Omit<V1Container, "name" | "imagePullPolicy" | "volumeMounts">;
  readonly mounts: readonly Mount[];
  readonly hostAliases?: readonly V1HostAlias[];
  readonly terminationGracePeriodSeconds?: number;
}

/** A volume together with the place where the container sees it. */
export interface Mount {
  readonly volume: V1Volume;
  readonly mount: V1VolumeMount;
}

/**
 * A static pod of the control plane as kubeadm shapes its own. The class name alone would leave the
 * kubelet without a number to sort by at shutdown, the number alone makes the API server refuse the
 * mirror pod: https://github.com/kubernetes/kubernetes/pull/114338
 */
export function staticPod(parts: StaticPod): V1Pod {
  const { name, tier = "control-plane", container, mounts, hostAliases, terminationGracePeriodSeconds } = parts;
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      labels: { "app.kubernetes.io/name": name, component: name, tier },
      name,
      namespace: "kube-system",
    },
    spec: {
      containers: [
        {
          name,
          imagePullPolicy: "IfNotPresent",
          ...container,
          ...(mounts.length === 0 ? {} : { volumeMounts: mounts.map(({ mount }) => mount) }),
        },
      ],
      ...(hostAliases === undefined ? {} : { hostAliases: [...hostAliases] }),
      hostNetwork: true,
      priority: 2_000_001_000,
      priorityClassName: "system-node-critical",
      securityContext: { seccompProfile: { type: "RuntimeDefault" } },
      ...(terminationGracePeriodSeconds === undefined ? {} : { terminationGracePeriodSeconds }),
      ...(mounts.length === 0 ? {} : { volumes: mounts.map(({ volume }) => volume) }),
    },
  };
}

/** A file of the node, read-only. The kubelet waits until it exists; without a type the runtime would make a directory of that name. */
export function hostFile(name: string, path: string, mountPath = path): Mount {
  return { volume: { name, hostPath: { path, type: "File" } }, mount: { name, mountPath, readOnly: true } };
}

/** The same where the kubelet cannot look: without a type it mounts what is there. */
export function withoutType({ volume, mount }: Mount): Mount {
  const { path = "" } = volume.hostPath ?? {};
  return { volume: { name: volume.name, hostPath: { path } }, mount };
}

/** A directory of the node, read-only, at its own path: files renamed into it are seen, which a mounted file would hide. */
export function hostDirectory(name: string, path: string): Mount {
  return { volume: { name, hostPath: { path, type: "Directory" } }, mount: { name, mountPath: path, readOnly: true } };
}

/** The same for a directory that a reboot removes: the kubelet makes it again. */
export function hostDirectoryOrCreate(name: string, path: string): Mount {
  return {
    volume: { name, hostPath: { path, type: "DirectoryOrCreate" } },
    mount: { name, mountPath: path, readOnly: true },
  };
}

/** A writable place in memory for a container whose own file system is read-only. */
export function memoryDirectory(name: string, mountPath: string): Mount {
  return { volume: { name, emptyDir: { medium: "Memory" } }, mount: { name, mountPath } };
}
