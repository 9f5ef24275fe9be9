import { isReadByKubelet, pathOf, staticPodRule } from "./static-pods.ts";

export const PD08 = staticPodRule({
  id: "PD08",
  name: "file-mode",
  severity: "info",
  summary: "A manifest is for root alone, as kubeadm writes its own.",
  reason:
    "it may hold a password, and it tells how the control plane is built: https://kubernetes.io/docs/reference/setup-tools/kubeadm/implementation-details/",
  remedy: "chmod 0600",
  check: ({ object }, { node }) => {
    const path = pathOf(object);
    const mode = isOnMachine(object.file) ? node.paths.get(path)?.mode : undefined;
    return mode === undefined || (mode & 0o077) === 0 || !isReadByKubelet(path)
      ? []
      : [
          {
            position: { file: object.file, line: 1, column: 1 },
            path: "(file)",
            message: `the file's mode is 0${(mode & 0o777).toString(8)}, and kubeadm's own manifests have 0600`,
          },
        ];
  },
});

// A checkout has modes of its own; those of the machine itself and of cloud-init's files count.
function isOnMachine(file: string): boolean {
  return file.startsWith("/etc/") || file.includes("!/");
}
