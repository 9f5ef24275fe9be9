import type { NodePicture } from "../../model/picture.ts";
import { type Pod, readPod } from "../../readers/pod.ts";
import { hitAt } from "../hit.ts";
import type { FileRule, Hit } from "../rule.ts";
import { fileName, pathOf } from "./static-pods.ts";

export const PD07: FileRule = {
  id: "PD07",
  name: "duplicate-pod",
  scope: "node",
  severity: "error",
  summary: "Each pod of a machine is in one file.",
  reason:
    "which of two files with one namespace and name the kubelet runs is undefined, and it may change between them: https://github.com/kubernetes/kubernetes/pull/142028",
  remedy: "keep one of the files in the directory",
  check: problemsOf,
};

function problemsOf(node: NodePicture): readonly Hit[] {
  const first = new Map<string, Pod>();
  return node.pods
    .map(readPod)
    .filter(({ isPod, object }) => isPod && !fileName(object.file).startsWith("."))
    .toSorted((a, b) => (a.object.file < b.object.file ? -1 : a.object.file > b.object.file ? 1 : 0))
    .flatMap((pod) => {
      const name = nameOf(pod);
      if (name === undefined) return [];
      const key = `${pathOf(pod.object).replace(/[^/]*$/, "")} ${name}`;
      const other = first.get(key);
      if (other === undefined) {
        first.set(key, pod);
        return [];
      }
      return [hitAt(pod.metadata.at("name"), `${fileName(other.object.file)} defines the pod ${name} too`)];
    });
}

function nameOf({ metadata }: Pod): string | undefined {
  const name = metadata.at("name").text;
  return name === undefined ? undefined : `${metadata.at("namespace").text ?? "default"}/${name}`;
}
