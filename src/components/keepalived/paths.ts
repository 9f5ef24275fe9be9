export const keepalivedDirectory = "/etc/kubeadm-ha/keepalived";
export const keepalivedConfigPath = `${keepalivedDirectory}/keepalived.conf`;
export const loadBalancerCheckPath = `${keepalivedDirectory}/check-load-balancer.sh`;
export const apiServerCheckPath = `${keepalivedDirectory}/check-api-server.sh`;

/** Ours until the next reboot: the drain flag among others. */
export const runDirectory = "/run/kubeadm-ha";
export const drainFlagPath = `${runDirectory}/drain`;
