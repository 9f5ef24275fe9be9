import type { StaticPod } from "./static-pods.ts";
import { hitAt, hitAtKey } from "../hit.ts";
import type { Hit, RuleContext } from "../rule.ts";
import { isReadByKubelet, pathOf, staticPodRule } from "./static-pods.ts";

export const PD09 = staticPodRule({
  id: "PD09",
  name: "pod-shape",
  severity: "error",
  summary: "A manifest is one Pod in kube-system, on the host's network, without what only the API server writes.",
  reason:
    "the address and the port belong to the host; of a file the kubelet reads the first document alone, and names the pod after it: https://kubernetes.io/docs/tasks/configure-pod-container/static-pod/",
  remedy: "shape it as kubeadm does its own pods",
  check: (pod, context) => [
    ...nameProblems(pod),
    ...networkProblems(pod),
    ...secondDocument(pod, context),
    ...leftovers(pod),
  ],
});

function nameProblems({ metadata, agents }: StaticPod): readonly Hit[] {
  const namespace = metadata.at("namespace");
  return [
    ...(metadata.at("name").text === undefined || metadata.at("name").text === ""
      ? [hitAt(metadata.at("name"), "the pod has no name, so the kubelet refuses it", { remedy: "give it one" })]
      : []),
    ...(agents.length === 0 || namespace.text === "kube-system"
      ? []
      : [
          hitAt(namespace, `the pod is in the namespace ${namespace.text ?? "default"}, not in kube-system`, {
            severity: (namespace.text ?? "default") === "default" ? "warning" : "info",
            remedy: "use namespace: kube-system",
          }),
        ]),
  ];
}

function networkProblems({ spec, agents }: StaticPod): readonly Hit[] {
  const [first] = agents;
  const network = spec.at("hostNetwork");
  if (first === undefined || network.value === true) return [];
  return [
    hitAt(network, `${first.agent} is not on the host's network, whose address it is to serve`, {
      remedy: "set hostNetwork: true",
    }),
  ];
}

function secondDocument({ object }: StaticPod, { node }: RuleContext): readonly Hit[] {
  const first = node.pods.find(({ file }) => file === object.file);
  return first === object || first === undefined || !isReadByKubelet(pathOf(object))
    ? []
    : [
        {
          position: object.locate([]),
          path: "(document)",
          message: "the kubelet reads only the first document of a file",
          remedy: "put it into a file of its own",
        },
      ];
}

// They do no harm, but each of them changes the pod's hash when somebody tidies up.
function leftovers(pod: StaticPod): readonly Hit[] {
  const root = pod.object;
  const note = { severity: "info", remedy: "remove it" } as const;
  const status = root.value !== null && typeof root.value === "object" && "status" in root.value;
  const created = pod.metadata.at("creationTimestamp");
  return [
    ...(status
      ? [
          {
            position: root.locateKey(["status"]),
            path: "status",
            message: "status is what the kubelet reports, not what it reads",
            ...note,
          },
        ]
      : []),
    ...(created.exists ? [hitAtKey(created, "creationTimestamp is set by the API server", note)] : []),
    ...masterMentions(pod),
  ];
}

function masterMentions({ spec, metadata }: StaticPod): readonly Hit[] {
  const message = `no node has ${master} since 1.24`;
  const more = { severity: "warning", remedy: `write node-role.kubernetes.io/control-plane, or nothing` } as const;
  const keys = [metadata.at("labels"), spec.at("nodeSelector")]
    .map((map) => map.at(master))
    .filter(({ exists }) => exists);
  const tolerations = spec
    .at("tolerations")
    .items()
    .map((toleration) => toleration.at("key"))
    .filter(({ text }) => text === master);
  return [
    ...keys.map((part) => hitAtKey(part, message, more)),
    ...tolerations.map((part) => hitAt(part, message, more)),
  ];
}

const master = "node-role.kubernetes.io/master";
