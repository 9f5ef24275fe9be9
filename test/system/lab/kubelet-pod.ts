import type { V1Container, V1EnvVar, V1ObjectMeta, V1PodSpec, V1Volume, V1VolumeMount } from "@kubernetes/client-node";

import type { Node } from "./node.ts";
import { type Pod, startPod } from "./pod.ts";
import { read, write } from "./space.ts";

/** A pod, or the template of a DaemonSet or Deployment. */
export interface PodTemplate {
  readonly metadata?: V1ObjectMeta;
  readonly spec: V1PodSpec;
}

export interface KubeletPodOptions {
  /** Stands for the image: the program that its entrypoint or the container's command is. */
  readonly program: string;
  readonly name: string;
  readonly address: string;
  /** The token of the pod's service account, where it has one. */
  readonly token?: string | undefined;
  readonly apiServerPort: number;
}

/**
 * Starts the container of a pod as the kubelet would on a node: fields of the pod in the environment, hostAliases
 * as /etc/hosts, the service account's token in its directory. All pods are in the node's network. In the
 * place of kube-proxy the service `kubernetes` is the API server of the node.
 */
export function startKubeletPod(node: Node, { spec }: PodTemplate, options: KubeletPodOptions): Promise<Pod> {
  const [container] = spec.containers;
  if (container === undefined) throw new Error("a pod without a container");
  const extra = [...hosts(node, spec, options), ...account(node, options)];
  const volumes = [...(spec.volumes ?? []), ...extra.map(({ volume }) => volume)];
  const resolved = Object.assign(structuredClone(container), {
    command: [options.program, ...(container.command ?? []).slice(1)],
    env: environment(node, container, options),
    volumeMounts: [...(container.volumeMounts ?? []), ...extra.map(({ mount }) => mount)],
  });
  const pod = Object.assign(structuredClone(spec), { hostNetwork: true, containers: [resolved], volumes });
  const manifest = { apiVersion: "v1", kind: "Pod", metadata: { name: options.name }, spec: pod };
  return startPod(node.space, JSON.stringify(manifest));
}

interface Extra {
  readonly volume: V1Volume;
  readonly mount: V1VolumeMount;
}

function hosts({ space }: Node, { hostAliases = [] }: V1PodSpec, { name }: KubeletPodOptions): readonly Extra[] {
  if (hostAliases.length === 0) return [];
  const path = `/run/.kubelet/${name}/hosts`;
  const lines = hostAliases.map(({ ip, hostnames = [] }) => `${ip} ${hostnames.join(" ")}\n`);
  write(space, { path, text: `127.0.0.1 localhost\n::1 localhost\n${lines.join("")}` });
  return [extra("etc-hosts", { path, type: "File", at: "/etc/hosts" })];
}

function account({ space }: Node, { name, token }: KubeletPodOptions): readonly Extra[] {
  if (token === undefined) return [];
  const path = `/run/.kubelet/${name}/account`;
  write(space, { path: `${path}/token`, text: token, mode: 0o600 });
  write(space, { path: `${path}/namespace`, text: "kube-system" });
  write(space, { path: `${path}/ca.crt`, text: read(space, "/etc/kubernetes/pki/ca.crt") ?? "" });
  return [extra("account", { path, type: "Directory", at: "/var/run/secrets/kubernetes.io/serviceaccount" })];
}

function extra(name: string, { path, type, at }: { path: string; type: string; at: string }): Extra {
  return { volume: { name, hostPath: { path, type } }, mount: { name, mountPath: at, readOnly: true } };
}

function environment(node: Node, { env = [] }: V1Container, { address, apiServerPort }: KubeletPodOptions): V1EnvVar[] {
  const fields: Readonly<Record<string, string>> = {
    "spec.nodeName": node.name,
    "status.podIP": address,
    "status.hostIP": address,
  };
  const values = new Map([
    ["KUBERNETES_SERVICE_HOST", address],
    ["KUBERNETES_SERVICE_PORT", String(apiServerPort)],
  ]);
  for (const { name, value, valueFrom } of env) {
    const text = value ?? fields[valueFrom?.fieldRef?.fieldPath ?? ""];
    if (text === undefined) throw new Error(`${name} has neither a value nor a field of the pod`);
    // What stands above is expanded: https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
    values.set(
      name,
      text.replaceAll(/\$\(([A-Za-z_]\w*)\)/g, (all, other: string) => values.get(other) ?? all),
    );
  }
  return [...values].map(([name, value]) => ({ name, value }));
}
