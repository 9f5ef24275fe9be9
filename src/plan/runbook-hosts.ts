import type { Command } from "../components/component.ts";
import { type ClusterSpec, isBalancer } from "../config/spec.ts";
import { labelCommands, selinuxBooleans } from "./selinux.ts";

/** What services of the host need before our files come: packages whose own services stay off, and SELinux's leave. */
export function installation(spec: ClusterSpec): readonly Command[] {
  const provider = isBalancer(spec.loadBalancer.provider) ? spec.loadBalancer.provider : "none";
  const isDebian = spec.host.family === "debian";
  const balancer = provider === "none" ? [] : [provider];
  const nftables = spec.loadBalancer.redirectFrom === undefined ? [] : ["nftables"];
  const services = ["keepalived", ...balancer].join(" ");
  return [
    {
      command: `systemctl mask ${services}`,
      reason: "the packages' own services must not start: ours run the same programs with other files",
    },
    {
      command: isDebian
        ? `apt-get install --yes --no-install-recommends ${["keepalived", ...debianPackages[provider], "netcat-openbsd", ...nftables].join(" ")}`
        : `dnf install --assumeyes ${["keepalived", ...rhelPackages[provider], "nmap-ncat", ...nftables].join(" ")}`,
      reason: "the distribution's programs, with its updates; none of its files is changed",
    },
    {
      command: `systemctl unmask ${services} && systemctl disable ${services}`,
      reason: "off, and no more than that",
    },
    ...(isDebian ? [] : selinux(spec)),
  ];
}

/** What the redirect needs beside static pods; nothing where there is none. */
export function redirectInstallation({ loadBalancer, host }: ClusterSpec): readonly Command[] {
  if (loadBalancer.redirectFrom === undefined) return [];
  const install =
    host.family === "debian" ? "apt-get install --yes --no-install-recommends" : "dnf install --assumeyes";
  return [
    {
      command: `${install} nftables`,
      reason: `nft, which leads port ${loadBalancer.redirectFrom} of the virtual IP to the load balancer; its own service stays as it is`,
    },
  ];
}

/** The key that signs keepalived's adverts; it is made once and brought to every node. */
export function keyInstallation({ keepalived: { hmacKeyFile } }: ClusterSpec): readonly Command[] {
  if (hmacKeyFile === undefined) return [];
  return [
    {
      command: `install -D -m 0600 /dev/stdin ${hmacKeyFile}`,
      reason: `the key of keepalived's adverts on standard input, the same everywhere; made once by: printf 'hex:%s\\n' "$(openssl rand -hex 32)"`,
    },
  ];
}

const debianPackages = {
  haproxy: ["haproxy"],
  nginx: ["nginx-light", "libnginx-mod-stream"],
  none: ["curl"],
} as const;
const rhelPackages = { haproxy: ["haproxy"], nginx: ["nginx", "nginx-mod-stream"], none: ["curl"] } as const;

// https://www.redhat.com/en/blog/keepalived-selinux and the policies' own manual pages, such as haproxy_selinux(8).
function selinux(spec: ClusterSpec): readonly Command[] {
  const { provider } = spec.loadBalancer;
  const reason = "where SELinux is enforcing";
  return [
    ...(provider === "haproxy" || provider === "nginx"
      ? [{ command: `setsebool -P ${selinuxBooleans[provider]}=1`, reason }]
      : []),
    ...labelCommands(spec).map((command) => ({
      command,
      reason: command.includes("restorecon") ? `${reason}, and again after the files have come` : reason,
    })),
  ];
}
