import type { V1DaemonSet, V1Pod, V1PodSpec } from "@kubernetes/client-node";
import { parseAllDocuments } from "yaml";

import { type Result, run, type Space } from "../lab/space.ts";
import type { Configuration } from "./configurations.ts";
import { oracle } from "./programs.ts";
import { render } from "./render.ts";

/** What of a pod reaches kube-vip. */
export interface KubeVipPod {
  readonly env: Readonly<Record<string, string>>;
  readonly args: readonly string[];
}

/** Every kube-vip of a configuration: the static pods of its nodes, and what DaemonSets make on the first of them. */
export function kubeVipPods(configuration: Configuration | undefined): readonly KubeVipPod[] {
  if (configuration === undefined) return [];
  return render(configuration).nodes.flatMap(({ node, files }) =>
    files
      .filter(({ path }) => /\/(?:kubeadm-ha-)?kube-vip\.yaml$/.test(path))
      .flatMap(({ text }) => parseAllDocuments(text).map((document) => document.toJS() as V1Pod | V1DaemonSet))
      .flatMap((object) => {
        const spec = object.kind === "DaemonSet" ? (object as V1DaemonSet).spec?.template.spec : (object as V1Pod).spec;
        return spec === undefined || (object.kind !== "Pod" && object.kind !== "DaemonSet")
          ? []
          : [podOf(spec, { "spec.nodeName": node.name, "status.podIP": ip(node), "status.hostIP": ip(node) })];
      }),
  );
}

/** Only the pod's variables are in the program's environment. */
export function runKubeVip(
  space: Space,
  program: string,
  { env, args }: { readonly env: KubeVipPod["env"]; readonly args: readonly string[] },
): Promise<Result> {
  const assignments = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  return run(space, ["env", "--ignore-environment", ...assignments, oracle(program), ...args]);
}

/** What kube-vip's own parser of a release takes from a pod's environment. */
export async function understood(space: Space, release: string, { env }: Pick<KubeVipPod, "env">): Promise<Understood> {
  const { stdout, stderr } = await runKubeVip(space, `kube-vip-config-${release}`, { env, args: [] });
  if (stderr !== "") throw new Error(stderr);
  return JSON.parse(stdout) as Understood;
}

export interface Understood {
  readonly error?: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly unreadEnvironment: readonly string[];
}

function ip(node: { readonly addresses: readonly { readonly text: string }[] }): string {
  return node.addresses[0]?.text ?? "";
}

function podOf(spec: V1PodSpec, fields: Readonly<Record<string, string>>): KubeVipPod {
  const { args = [], env = [] } = spec.containers[0] ?? {};
  const entries = new Map<string, string>();
  for (const { name, value, valueFrom } of env) {
    const text = value ?? fields[valueFrom?.fieldRef?.fieldPath ?? ""];
    if (text === undefined) throw new Error(`${name} has neither a value nor a field of the pod`);
    if (entries.has(name)) throw new Error(`${name} occurs twice`);
    // As the kubelet expands what stands above.
    entries.set(
      name,
      text.replaceAll(/\$\(([A-Za-z_]\w*)\)/g, (all, other: string) => entries.get(other) ?? all),
    );
  }
  return { env: Object.fromEntries(entries), args };
}
