import { scalarText } from "../../readers/yaml-part.ts";
import { agentOf } from "../../readers/agent.ts";
import { type ImageName, readImage } from "../../config/image.ts";
import type { Container } from "../../readers/pod.ts";
import { isTemplate } from "../../readers/template.ts";
import { hitAt, hitAtKey } from "../hit.ts";
import type { Hit } from "../rule.ts";
import { staticPodRule } from "./static-pods.ts";

export const PD04 = staticPodRule({
  id: "PD04",
  name: "image",
  aliases: ["IMG-PULL-ALWAYS", "IMG-TAG"],
  severity: "warning",
  summary: "A node starts its balancer without a registry, from an image that is kept up, at a priority of its own.",
  reason:
    "the registry may be behind the virtual IP, a throttled process sends its adverts too late, and what has no priority is stopped first when the node shuts down: https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy",
  remedy: "name a release, use IfNotPresent, no CPU limit, and priorityClassName: system-node-critical",
  check: ({ agents, containers, spec }) => {
    if (agents.length === 0) return [];
    const hasPriority = spec.at("priorityClassName").exists || spec.at("priority").exists;
    return [
      ...containers.flatMap((container) => [
        ...imageProblems(container),
        // KV18 says it of kube-vip.
        ...(agentOf(container) === "kube-vip" ? [] : pullProblems(container)),
        ...limitProblems(container),
      ]),
      ...(hasPriority
        ? []
        : [
            hitAtKey(spec, "the pod has no priority, so the kubelet stops it before others", {
              remedy: "add priorityClassName: system-node-critical and priority: 2000001000",
            }),
          ]),
    ];
  },
});

function imageProblems({ image }: Container): readonly Hit[] {
  if (image.text === undefined || isTemplate(image.text)) return [];
  const name = readImage(image.text);
  if (/osixia[/_-]keepalived$/.test(name.repository))
    return [
      hitAt(image, "osixia/keepalived is a keepalived of January 2020 that nobody keeps up", {
        remedy: "use an image of keepalived 2.2.8 or newer",
      }),
    ];
  if (isFloating(name))
    return [hitAt(image, `${image.text} is another program tomorrow`, { remedy: "name a release, such as :3.0.26" })];
  // Ours has none either: digests are the business of who mirrors the images.
  return name.digest === undefined
    ? [
        hitAt(image, `${image.text} can be replaced under its tag`, {
          severity: "info",
          remedy: "add the digest, as in NAME:TAG@sha256:…",
        }),
      ]
    : [];
}

function isFloating({ tag, digest }: ImageName): boolean {
  return digest === undefined && (tag === undefined || !/\d/.test(tag));
}

function pullProblems({ part }: Container): readonly Hit[] {
  const policy = part.at("imagePullPolicy");
  return policy.text === "Always"
    ? [hitAt(policy, "the image is pulled at every start", { remedy: "use IfNotPresent" })]
    : [];
}

function limitProblems({ part }: Container): readonly Hit[] {
  const limit = part.at("resources", "limits", "cpu");
  return limit.exists
    ? [
        hitAt(limit, `a CPU limit of ${scalarText(limit) ?? ""} throttles what must answer in time`, {
          remedy: "remove it and keep the request",
        }),
      ]
    : [];
}
