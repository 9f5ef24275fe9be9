import { isBefore, type KubeVip } from "./instance.ts";

/** A variable that goes by another name from some release on. */
export interface Renaming {
  readonly name: string;
  readonly now: string;
  /** The first release with the new name. */
  readonly since: string;
  /** Whether the old name is still read. */
  readonly isRead: boolean;
}

/** What was renamed, as the changes of config_envvar.go between tags show. */
export const renamings: readonly Renaming[] = [
  { name: "vip_cidr", now: "vip_subnet", since: "v0.9.0", isRead: false },
  { name: "vip_address", now: "address", since: "v0.3.8", isRead: true },
  { name: "enable_endpointslices", now: "enable_endpoints", since: "v1.0.0", isRead: false },
  { name: "enableUPNP", now: "enable_upnp", since: "v1.0.0", isRead: false },
  { name: "bgp_source_if", now: "bgp_sourceif", since: "v0.4.2", isRead: false },
  { name: "bgp_source_ip", now: "bgp_sourceip", since: "v0.4.2", isRead: false },
];

/** How a variable is called in the release of a kube-vip, if it goes by another name there. */
export function renamedIn(kubeVip: KubeVip, name: string): Renaming | undefined {
  const renaming = renamings.find((candidate) => candidate.name === name);
  return renaming !== undefined && !isBefore(kubeVip, renaming.since) ? renaming : undefined;
}
