import type { Mount } from "../../readers/pod.ts";
import { hitAt, hitAtKey } from "../hit.ts";
import type { Hit } from "../rule.ts";
import { isHosts, isKubeconfig } from "./host-files.ts";
import { staticPodRule } from "./static-pods.ts";

export const PD12 = staticPodRule({
  id: "PD12",
  name: "hostpath-type",
  severity: "warning",
  summary: "A kubeconfig or hosts file is mounted with type: File.",
  reason:
    "kubeadm writes the file after the kubelet knows the pod: without a type the runtime makes a directory of that name, with FileOrCreate an empty file, and kubeadm fails on either: https://github.com/kube-vip/kube-vip/issues/371",
  remedy: "set type: File, with which the kubelet waits",
  check: ({ containers }) => {
    const problems = containers.flatMap(({ mounts }) => mounts.flatMap((mount) => problemOf(mount) ?? []));
    return [...new Map(problems.map((hit) => [hit.path, hit])).values()];
  },
});

function problemOf(mount: Mount): Hit | undefined {
  const hostPath = mount.volume?.hostPath;
  if (hostPath === undefined || !(isKubeconfig(mount) || isHosts(mount))) return undefined;
  const type = hostPath.at("type");
  const path = hostPath.at("path").text ?? mount.path;
  switch (type.text ?? "") {
    case "File":
      return undefined;
    case "FileOrCreate":
      return hitAt(type, `${path} is made as an empty file where it is missing`);
    case "Directory":
    case "DirectoryOrCreate":
      return hitAt(type, `${path} is a file, and its type is ${type.text}`);
    case "": {
      const message = `${path} becomes a directory where it is missing`;
      return type.exists ? hitAt(type, message) : hitAtKey(hostPath, message);
    }
    default:
      return hitAt(type, `${path} has the type ${type.text}, and is a file`);
  }
}
