import type { VersionedProgram } from "./program-version.ts";

/** What a machine is like, as far as the checks ask: data, so that they can be tried on any machine. */
export interface NodeFacts {
  /** Whether the files go below another root than this machine's. */
  readonly otherRoot: boolean;
  /** Whether the process may do everything. */
  readonly privileged: boolean;
  readonly addresses: readonly InterfaceAddress[];
  /** `up` where the interface is switched on and has a link. */
  readonly interfaces: readonly { readonly name: string; readonly up: boolean }[];
  /** TCP sockets that listen; the address is `*` for all of both families, and without brackets or interface. */
  readonly listeners: readonly { readonly address: string; readonly port: number }[];
  /** Distribution units that run, of those that the checks know. */
  readonly activeUnits: readonly string[];
  /** Daemons and tools that are installed, of those that the checks know. */
  readonly programs: readonly string[];
  /** Whether the machine is in the cluster: /etc/kubernetes/kubelet.conf exists; one for balancers alone is when it is prepared. */
  readonly member: boolean;
  /** Whether an earlier run of ours left a state. */
  readonly prepared: boolean;
  /** Of an endpoint that somebody else serves; undefined where we serve it ourselves. */
  readonly endpoint: EndpointFacts | undefined;
  /** What is in the static pods' directory. */
  readonly manifests: readonly ManifestFact[];
  /** Whether etcd's data directory has anything in it. */
  readonly etcdData: boolean;
  readonly cgroupVersion: 1 | 2 | undefined;
  /** As the programs print them, such as `v1.36.3` or `1.7.24`; undefined for what is not installed. */
  readonly versions: Readonly<Record<VersionedProgram, string | undefined>>;
  /** What /sys/class/dmi/id says, without line ends; empty where it says nothing. */
  readonly firmware: Readonly<Record<"sys_vendor" | "product_name" | "chassis_asset_tag", string>>;
  readonly selinux: "enforcing" | "permissive" | undefined;
  /** SELinux's booleans that are there and off, of those that the checks know. */
  readonly selinuxBooleansOff: readonly string[];
  /** Daemons that a loaded AppArmor profile confines, of those that the checks know. */
  readonly appArmorProfiles: readonly string[];
}

export interface InterfaceAddress {
  readonly interface: string;
  /** Canonical text. */
  readonly address: string;
  readonly prefixLength: number;
  /** Whether other machines may know it: neither loopback nor link-local. */
  readonly global: boolean;
}

/** What can be learned of an endpoint from here, by programs that both `prepare` and the node script have. */
export interface EndpointFacts {
  /** Whether its name has an address; undefined where it is an address, or nobody can be asked. */
  readonly resolves: boolean | undefined;
  /** How many requests were made, and how many got no answer at all; undefined where nobody can ask. */
  readonly requests: { readonly made: number; readonly unanswered: number } | undefined;
}

export interface ManifestFact {
  /** One character for each byte of it. */
  readonly name: string;
  /** Whether it is a file that has a virtual IP in its text. */
  readonly namesVirtualIP: boolean;
  /** Whether the state of an earlier run lists it. */
  readonly ours: boolean;
}
