import type { YamlObject } from "../../model/kubernetes.ts";
import { type Agent, agentOf } from "../../readers/agent.ts";
import { isStaticPodPath } from "../../readers/objects.ts";
import { type Container, type Pod, readPod } from "../../readers/pod.ts";
import type { FileRule, Hit, RuleContext, RuleText } from "../rule.ts";

/** A static pod of ours or of anybody, but not one that kubeadm writes. */
export interface StaticPod extends Pod {
  /** Containers that hold an address or balance connections. */
  readonly agents: readonly { readonly agent: Agent; readonly container: Container }[];
}

/** A rule about each static pod that kubeadm has not written. */
export function staticPodRule(
  rule: RuleText & { check(pod: StaticPod, context: RuleContext): readonly Hit[] },
): FileRule {
  return {
    ...rule,
    scope: "pod",
    check: (object, context) => staticPodsOf(object).flatMap((pod) => rule.check(pod, context)),
  };
}

/** Where a file stands on its machine. */
export function pathOf({ path }: YamlObject): string {
  return path;
}

/** The last step of a path. */
export function fileName(path: string): string {
  return path.split("/").at(-1) ?? "";
}

/** Whether the kubelet of a machine reads a file: it looks at every name but those that begin with a dot. */
export function isReadByKubelet(path: string): boolean {
  return isStaticPodPath(path) && !fileName(path).startsWith(".");
}

/** The pods that kubeadm writes itself. https://kubernetes.io/docs/reference/setup-tools/kubeadm/implementation-details/ */
export const kubeadmPods: readonly string[] = ["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler"];

function staticPodsOf(object: YamlObject): readonly StaticPod[] {
  const pod = readPod(object);
  if (!pod.isPod || fileName(pathOf(object)).startsWith(".") || isKubeadms(pod)) return [];
  const agents = pod.containers.flatMap((container) => {
    const agent = agentOf(container);
    return agent === undefined ? [] : [{ agent, container }];
  });
  return [{ ...pod, agents }];
}

function isKubeadms({ metadata, containers }: Pod): boolean {
  const name = metadata.at("name").text ?? "";
  return kubeadmPods.includes(name) && containers.some((container) => container.name === name);
}
