import { scalarText } from "../../readers/yaml-part.ts";
import type { Container } from "../../readers/pod.ts";
import { hitAtKey } from "../hit.ts";
import { balancerPorts } from "../kubeadm/surroundings.ts";
import type { Hit, RuleContext } from "../rule.ts";
import { staticPodRule } from "./static-pods.ts";

export const PD01 = staticPodRule({
  id: "PD01",
  name: "liveness",
  severity: "warning",
  summary: "A liveness probe asks the program itself, never the API servers behind it.",
  reason:
    "while every API server is down the kubelet kills a balancer that is well, and the back-off after that, up to five minutes, delays the recovery: https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#container-restarts",
  remedy: "probe a monitor of the balancer's own, such as http://127.0.0.1:8405/livez",
  check: ({ agents }, context) =>
    agents.flatMap(({ container }) =>
      ["livenessProbe", "startupProbe"].flatMap((name) => problemOf(container, name, context) ?? []),
    ),
});

function problemOf(container: Container, name: string, context: RuleContext): Hit | undefined {
  const probe = container.part.at(name);
  const asksByCommand = probe
    .at("exec", "command")
    .items()
    .some(({ text }) => text?.includes("https://"));
  if (asksByCommand) return hitAtKey(probe, `${name} asks an API server`);
  const request = probe.at("httpGet");
  const port = scalarText((request.exists ? request : probe.at("tcpSocket")).at("port"));
  if (port === undefined) return undefined;
  if (request.at("scheme").text === "HTTPS")
    return hitAtKey(probe, `${name} speaks TLS on port ${port}, which only the API servers answer`);
  return balancerPorts(context).some((candidate) => candidate.port === Number(port))
    ? hitAtKey(probe, `${name} asks port ${port}, whose connections go to the API servers`)
    : undefined;
}
