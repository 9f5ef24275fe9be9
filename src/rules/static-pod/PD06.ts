import type { NodePicture } from "../../model/picture.ts";
import { readPod } from "../../readers/pod.ts";
import type { FileRule } from "../rule.ts";
import { fileName, isReadByKubelet, pathOf } from "./static-pods.ts";

export const PD06: FileRule = {
  id: "PD06",
  name: "backup-copy",
  scope: "node",
  severity: "error",
  summary: "No copy of a manifest lies beside it, whatever the copy's name.",
  reason:
    "the kubelet runs every file in its directory whose name does not begin with a dot, whatever it ends with: https://github.com/kubernetes/kubeadm/issues/2823",
  remedy: "move it out of the directory; write new files elsewhere and rename them into it",
  check: (node) =>
    copiesOf(node).map((file) => ({
      position: { file, line: 1, column: 1 },
      path: fileName(file),
      message: `the kubelet runs ${fileName(file)} too`,
    })),
};

function copiesOf(node: NodePicture): readonly string[] {
  const pods = node.pods.filter((object) => readPod(object).isPod);
  const manifests = pods.filter(({ file }) => !isBackupName(fileName(file)));
  const copies = pods.filter(
    (object) =>
      isBackupName(fileName(object.file)) &&
      (isReadByKubelet(pathOf(object)) || manifests.some(({ file }) => directory(file) === directory(object.file))),
  );
  return [...new Set(copies.map(({ file }) => file))];
}

function directory(file: string): string {
  return file.slice(0, file.lastIndexOf("/") + 1);
}

// Editors, package managers and people name their copies so.
function isBackupName(name: string): boolean {
  return !name.startsWith(".") && backup.test(name);
}

const backup =
  /~$|\.(?:ya?ml|json)\.[^.]+$|[ ._-]\(?(?:bak|backup|copy|dist|new|old|orig|rej|rpmnew|rpmsave|save|tmp|dpkg-\w+|ucf-\w+)\)?\d*(?:\.(?:ya?ml|json))?$/i;
