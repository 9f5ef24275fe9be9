import type { V1Container, V1PodSpec } from "@kubernetes/client-node";

/** The words before a container's command that give it its user and capabilities and nothing beyond them. */
export function restrictions({ securityContext, image }: V1Container, spec: V1PodSpec): readonly string[] {
  const user = securityContext?.runAsUser ?? spec.securityContext?.runAsUser ?? userOf(image ?? "");
  const group = securityContext?.runAsGroup ?? spec.securityContext?.runAsGroup ?? user;
  const capabilities = capabilitiesOf(securityContext);
  return [
    "setpriv",
    "--inh-caps=-all",
    ...(capabilities === "all" ? [] : [`--bounding-set=${["-all", ...capabilities].join(",")}`]),
    ...(securityContext?.allowPrivilegeEscalation === false ? ["--no-new-privs"] : []),
    ...(user === 0 ? [] : ["--reuid", String(user), "--regid", String(group), "--clear-groups"]),
    "--",
  ];
}

/** In setpriv's words. */
function capabilitiesOf(context: V1Container["securityContext"]): "all" | readonly string[] {
  const dropped = new Set((context?.capabilities?.drop ?? []).map(bare));
  const added = (context?.capabilities?.add ?? []).map(bare);
  if (context?.privileged === true || added.includes("all")) return "all";
  const kept = dropped.has("all") ? [] : runtimeDefault.filter((capability) => !dropped.has(capability));
  return [...new Set([...kept, ...added])].map((capability) => `+${capability}`);
}

function bare(capability: string): string {
  return capability.toLowerCase().replace(/^cap_/, "");
}

// containerd and CRI-O give these to a container that asks for nothing.
const runtimeDefault =
  "chown dac_override fowner fsetid kill setgid setuid setpcap net_bind_service net_raw sys_chroot mknod audit_write setfcap".split(
    " ",
  );

/** Since 2.4 the haproxy image has a user of its own; the other daemons' images run as root. */
function userOf(image: string): number {
  return /(?:^|\/)haproxy(?::(?!(?:1|2\.[0-3])(?:[.-]|$))|@|$)/.test(image) ? 99 : 0;
}
