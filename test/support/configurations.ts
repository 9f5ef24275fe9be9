/** An ordinary cluster: keepalived with haproxy on three nodes. */
export const ordinary = `apiVersion: kubeadm-ha.io/v1alpha1
kind: HAConfiguration
kubernetesVersion: v1.36.3
virtualIP:
  provider: keepalived
  addresses: [192.168.10.100]
  interface: eth0
loadBalancer:
  provider: haproxy
nodes:
- {name: cp1, addresses: [192.168.10.11]}
- {name: cp2, addresses: [192.168.10.12]}
- {name: cp3, addresses: [192.168.10.13]}
`;

/** The ordinary file with one piece of its text replaced; the piece must be there. */
export function changed(piece: string, by: string, text = ordinary): string {
  if (!text.includes(piece)) throw new Error(`the file has no ${piece}`);
  return text.replace(piece, () => by);
}

/** The ordinary file with kube-vip instead of keepalived and haproxy. */
export const kubeVipOnly = changed("provider: keepalived", "provider: kube-vip").replace(
  "loadBalancer:\n  provider: haproxy\n",
  "",
);
