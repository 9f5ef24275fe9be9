/** What Cluster API asks, for whoever looks up the name of a finding. */
export const clusterApiRules: readonly { readonly id: string; readonly summary: string; readonly reason: string }[] = [
  {
    id: "cluster-api-place",
    summary: "kubeadm's documents say what Cluster API's objects have a place for.",
    reason:
      "it would be lost without a word: https://github.com/kubernetes-sigs/cluster-api/blob/main/api/bootstrap/kubeadm/v1beta2/kubeadm_types.go",
  },
  {
    id: "cluster-api-limit",
    summary: "A KubeadmControlPlane keeps to Cluster API's limits.",
    reason:
      "its webhooks and the API server refuse the object: https://github.com/kubernetes-sigs/cluster-api/blob/main/bootstrap/kubeadm/webhooks/admission/kubeadmconfig.go",
  },
];
