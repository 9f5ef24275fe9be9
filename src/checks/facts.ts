/** What a machine is like, as far as the checks ask: data, so that they can be tried on any machine. */
export interface NodeFacts {
  /** Whether the files go below another root than this machine's. */
  readonly otherRoot: boolean;
  /** Whether the process may do everything. */
  readonly privileged: boolean;
  readonly addresses: readonly InterfaceAddress[];
  readonly interfaces: readonly { readonly name: string; readonly up: boolean }[];
  /** TCP sockets that listen; the address is `*` for all of both families. */
  readonly listeners: readonly { readonly address: string; readonly port: number }[];
  /** Distribution units that run, of those that the checks know. */
  readonly activeUnits: readonly string[];
  /** Whether kubeadm has made the machine a node: /etc/kubernetes/kubelet.conf exists. */
  readonly member: boolean;
  /** Whether an earlier run of ours left a state. */
  readonly prepared: boolean;
  /** Names of all files in the static pods' directory, with those of their texts that name a virtual IP. */
  readonly manifests: readonly { readonly name: string; readonly namesVirtualIP: boolean }[];
  /** Whether /var/lib/etcd has anything in it. */
  readonly etcdData: boolean;
  readonly cgroupVersion: 1 | 2 | undefined;
  /** As the programs print them, such as `v1.36.3` or `1.7.24`; undefined for what is not installed. */
  readonly versions: {
    readonly kubeadm: string | undefined;
    readonly kubelet: string | undefined;
    readonly containerd: string | undefined;
  };
  readonly selinux: "enforcing" | "permissive" | undefined;
  readonly appArmor: boolean;
}

export interface InterfaceAddress {
  readonly interface: string;
  /** Canonical text. */
  readonly address: string;
  readonly prefixLength: number;
}
