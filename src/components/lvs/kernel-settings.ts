import { generatedBy } from "../../render/generated-by.ts";

export const sysctlPath = "/etc/sysctl.d/90-kubeadm-ha.conf";

/** What an API server's machine with the address on lo must not do: answer for it on the network. */
export const memberSettings = `# ${generatedBy}
# The virtual IP is on lo here: answer ARP only for addresses of the interface that was asked, and never
# name another one as one's own. http://www.linuxvirtualserver.org/docs/arp.html
net.ipv4.conf.all.arp_ignore = 1
net.ipv4.conf.all.arp_announce = 2
`;

/** What a director does with connections to a server that is gone: it ends them, where it would swallow them. */
export const directorSettings = `# ${generatedBy}
# https://docs.kernel.org/networking/ipvs-sysctl.html
net.ipv4.vs.expire_nodest_conn = 1
net.ipv4.vs.expire_quiescent_template = 1
`;
