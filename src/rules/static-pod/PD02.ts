import type { YamlPart } from "../../readers/yaml-part.ts";
import { keysOf } from "../../readers/yaml-part.ts";
import type { Volume } from "../../readers/pod.ts";
import { hitAt, hitAtKey } from "../hit.ts";
import type { Hit } from "../rule.ts";
import { type StaticPod, staticPodRule } from "./static-pods.ts";

export const PD02 = staticPodRule({
  id: "PD02",
  name: "mounts",
  severity: "warning",
  summary: "A configuration is mounted as its directory, with a type, and no directory with private keys is.",
  reason:
    "a file that is replaced by rename stays invisible in the pod (https://github.com/moby/moby/issues/22627), and without a type the runtime makes a directory of what is missing: https://kubernetes.io/docs/concepts/storage/volumes/#hostpath",
  remedy: "mount the directory with type: Directory, and of /etc/kubernetes/pki only ca.crt",
  check: (pod) => (pod.agents.length === 0 ? [] : pod.volumes.flatMap((volume) => problemOf(pod, volume) ?? [])),
});

function problemOf(pod: StaticPod, volume: Volume): Hit | undefined {
  const { hostPath } = volume;
  const path = hostPath?.at("path").text?.replace(/(?<=.)\/+$/, "");
  if (hostPath === undefined || path === undefined) return undefined;
  if (holdsKeys(path))
    return hitAt(hostPath.at("path"), `the pod sees ${path} with the private keys in it`, {
      remedy: "mount single certificates, such as /etc/kubernetes/pki/ca.crt with type: File",
    });
  return holdsConfiguration(pod, volume) ? configurationProblem(pod, hostPath, path) : undefined;
}

function configurationProblem(pod: StaticPod, hostPath: YamlPart, path: string): Hit | undefined {
  const type = hostPath.at("type");
  const isFile = /\.[a-z][\w-]*$/i.test(path.replace(/\.d$/, ""));
  const right = { remedy: `use type: ${isFile ? "File" : "Directory"}` };
  if (type.text === "FileOrCreate") return hitAt(type, `${path} is made as an empty file where it is missing`, right);
  if (type.text === "DirectoryOrCreate")
    return hitAt(type, `${path} is made as an empty directory where it is missing`, right);
  if (type.text === undefined || type.text === "")
    return hitAtKey(hostPath, `${path} becomes an empty directory where it is missing`, right);
  return type.text === "File" && !hasChecksum(pod)
    ? hitAt(hostPath.at("path"), `${path} is mounted as a file, whose replacement the pod never sees`, {
        remedy: `mount the directory ${path.slice(0, path.lastIndexOf("/"))} with type: Directory`,
      })
    : undefined;
}

function holdsKeys(path: string): boolean {
  return /^\/(?:etc(?:\/kubernetes(?:\/(?:pki|ssl)(?:\/etcd)?)?)?)?$/.test(path);
}

/** Whether a container reads what its program is told from a volume: its mount is named after the program. */
function holdsConfiguration({ agents }: StaticPod, { name }: Volume): boolean {
  return agents.some(({ agent, container }) =>
    container.mounts.some(
      (mount) =>
        mount.volume?.name === name && mount.path.includes(agent) && !/^\/(?:var\/)?(?:run|log|lib)\//.test(mount.path),
    ),
  );
}

// A new checksum makes a new pod, which mounts the new file.
function hasChecksum({ metadata }: StaticPod): boolean {
  return keysOf(metadata.at("annotations")).some((key) => /checksum|sha\d|hash/i.test(key));
}
