import type { Mount } from "../../readers/pod.ts";

/** Whether a mount is that of a kubeconfig. */
export function isKubeconfig({ path, volume }: Mount): boolean {
  const file =
    /\/(?:super-admin|admin|kubelet|scheduler|controller-manager|kube-vip|rke2|k3s)\.(?:conf|yaml)$|kubeconfig|\.kube\/config$/;
  return file.test(path) || file.test(volume?.hostPath?.at("path").text ?? "");
}

/** Whether a mount is that of the names of hosts. */
export function isHosts({ path }: Mount): boolean {
  return path === "/etc/hosts";
}
