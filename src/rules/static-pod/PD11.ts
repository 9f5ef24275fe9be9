import { fileName, isReadByKubelet, kubeadmPods, pathOf, staticPodRule } from "./static-pods.ts";

export const PD11 = staticPodRule({
  id: "PD11",
  name: "reserved-name",
  severity: "error",
  summary: "No manifest has the name of one that kubeadm writes.",
  reason:
    "kubeadm init and join refuse to begin where one of the four exists (FileAvailable), and an upgrade replaces it: https://kubernetes.io/docs/reference/setup-tools/kubeadm/implementation-details/",
  remedy: "give the file the name of its pod",
  check: (pod) => {
    const path = pathOf(pod.object);
    const name = fileName(path);
    const reserved = kubeadmPods.find((component) => name === `${component}.yaml`);
    if (reserved === undefined || !isReadByKubelet(path)) return [];
    const own = pod.metadata.at("name");
    const position = { file: pod.object.file, line: 1, column: 1 };
    return [
      {
        position,
        path: "(file)",
        message: `${name} is where kubeadm writes ${reserved}, and this pod is ${own.text ?? "another one"}`,
      },
    ];
  },
});
