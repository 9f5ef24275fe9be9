/** The path at which kube-vip looks for its kubeconfig; only with this name does it ask the API server of its own node. */
export const adminKubeconfig = "/etc/kubernetes/admin.conf";

/** Written by `kubeadm init` since 1.29, on the founding node only. */
export const superAdminKubeconfig = "/etc/kubernetes/super-admin.conf";
