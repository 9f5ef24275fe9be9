import { readPod } from "../../readers/pod.ts";
import { isTemplate } from "../../readers/template.ts";
import type { YamlPart } from "../../readers/yaml-part.ts";
import type { ClusterPicture } from "../../model/picture.ts";
import { hitAt } from "../hit.ts";
import type { FileRule } from "../rule.ts";

export const CL06: FileRule = {
  id: "CL06",
  name: "same-images",
  scope: "cluster",
  severity: "warning",
  summary: "A static pod has the same image on every node.",
  reason:
    "two releases may understand one setting differently, and an error that shows on one node only is found last: https://kubernetes.io/docs/tasks/configure-pod-container/static-pod/",
  remedy: "use one image on all nodes; while you change it, one node after the other",
  check: (cluster) =>
    [...byContainer(cluster).values()].flatMap(([first, ...others]) =>
      others
        .filter(({ part }) => part.text !== first?.part.text)
        .map(({ part }) => hitAt(part, `the image is ${part.text} here and ${first?.part.text} on ${first?.node}`)),
    ),
};

interface NodeImage {
  readonly node: string;
  readonly part: YamlPart;
}

function byContainer({ nodes }: ClusterPicture): ReadonlyMap<string, readonly NodeImage[]> {
  const found = new Map<string, NodeImage[]>();
  for (const node of nodes.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const seen = new Set<string>();
    for (const { isPod, metadata, containers } of node.pods.map(readPod)) {
      for (const container of isPod ? containers : []) {
        const key = `${metadata.at("namespace").text} ${metadata.at("name").text} ${container.name}`;
        // A second file for the same pod on the same node is another rule's.
        if (container.image.text === undefined || isTemplate(container.image.text) || seen.has(key)) continue;
        seen.add(key);
        found.set(key, [...(found.get(key) ?? []), { node: node.name, part: container.image }]);
      }
    }
  }
  return found;
}
