import type { InterfaceAddress, ManifestFact, NodeFacts } from "../../src/checks/facts.ts";

/** A machine without a fault: cp1 of the usual cluster, before anything was done. */
export function machine(changes: Partial<NodeFacts> = {}): NodeFacts {
  return {
    otherRoot: false,
    privileged: true,
    addresses: [
      { interface: "lo", address: "127.0.0.1", prefixLength: 8, global: false },
      { interface: "lo", address: "::1", prefixLength: 128, global: false },
      on("eth0", "192.168.10.11/24"),
      on("eth0", "fd00::11/64"),
      { interface: "eth0", address: "fe80::fc:ff:fe00:1", prefixLength: 64, global: false },
    ],
    interfaces: [
      { name: "lo", up: true },
      { name: "eth0", up: true },
      { name: "eth1", up: false },
    ],
    listeners: [
      { address: "0.0.0.0", port: 22 },
      { address: "::", port: 22 },
    ],
    activeUnits: [],
    programs: ["haproxy", "nginx", "keepalived", "nc"],
    endpoint: undefined,
    member: false,
    prepared: false,
    manifests: [],
    etcdData: false,
    cgroupVersion: 2,
    versions: {
      kubeadm: "v1.36.3",
      kubelet: "v1.36.3",
      containerd: "v2.1.4",
      keepalived: undefined,
      haproxy: undefined,
      nginx: undefined,
    },
    firmware: { sys_vendor: "", product_name: "", chassis_asset_tag: "" },
    selinux: undefined,
    selinuxBooleansOff: [],
    appArmorProfiles: [],
    ...changes,
  };
}

/** An address with its prefix length on an interface. */
export function on(name: string, text: string): InterfaceAddress {
  const [local = "", length] = text.split("/");
  return { interface: name, address: local, prefixLength: Number(length), global: true };
}

/** Sockets as ADDRESS:PORT, without brackets. */
export function listening(...texts: readonly string[]): NodeFacts["listeners"] {
  return texts.map((text) => ({ address: text.replace(/:\d+$/, ""), port: Number(/\d+$/.exec(text)) }));
}

/** Files among the static pods that say nothing of interest. */
export function manifests(...names: readonly string[]): readonly ManifestFact[] {
  return names.toSorted().map((name) => ({ name, namesVirtualIP: false, ours: false }));
}

/** Files among the static pods that name the virtual IP. */
export function agents(...names: readonly string[]): readonly ManifestFact[] {
  return manifests(...names).map((manifest) => ({ ...manifest, namesVirtualIP: true }));
}

/** A machine with other programs. */
export function versions(changes: Partial<NodeFacts["versions"]>): Pick<NodeFacts, "versions"> {
  return { versions: { ...machine().versions, ...changes } };
}
