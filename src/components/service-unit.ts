import type { NodeSpec } from "../config/spec.ts";
import type { PhaseName, PlannedFile } from "../plan/plan.ts";
import { comment, type Lines, section, textFile } from "../render/text.ts";
import { generatedBy } from "../render/generated-by.ts";
import { plannedFile } from "./planned-file.ts";

/** What differs between the services of our daemons. */
export interface ServiceUnit {
  /** The daemon, as in `kubeadm-ha-NAME.service`. */
  readonly name: string;
  readonly description: string;
  /** Units that it is stopped before and started after. */
  readonly after: Lines;
  readonly whyAfter: string;
  /** Lines of [Service], before those that all have. */
  readonly service: Lines;
  /** It does its work and ends: nothing is there to be restarted. */
  readonly oneshot?: true;
  /** Capabilities that it keeps, without CAP_. */
  readonly capabilities: readonly string[];
  /** Whether SELinux's policy lets the program change into its domain under NoNewPrivileges; without SELinux it does not matter. */
  readonly noNewPrivileges: boolean;
}

/** The name of a daemon's service. */
export function serviceName(daemon: string): string {
  return `kubeadm-ha-${daemon}.service`;
}

/** A service as a file; the distribution's own units stay as they are, and disabled. */
export function serviceFile(node: NodeSpec, phase: PhaseName, unit: ServiceUnit): PlannedFile {
  return plannedFile(
    node,
    { path: `/etc/systemd/system/${serviceName(unit.name)}`, mode: 0o644, phase },
    unitText(unit),
  );
}

function unitText({
  description,
  after,
  whyAfter,
  service,
  oneshot,
  capabilities,
  noNewPrivileges,
}: ServiceUnit): string {
  return textFile([
    comment(
      `${generatedBy}\nWhat each line does: https://www.freedesktop.org/software/systemd/man/latest/systemd.directives.html`,
    ),
    flat(
      section("[Unit]", [
        `Description=${description}`,
        "Wants=network-online.target",
        ...comment(whyAfter),
        `After=${["network-online.target", ...after].join(" ")}`,
        ...comment("Tried for ever: what it lacks, such as a CA that kubeadm has yet to make, may come."),
        "StartLimitIntervalSec=0",
      ]),
    ),
    flat(
      section("[Service]", [
        ...service,
        ...(oneshot === true ? [] : ["KillMode=mixed", "Restart=always"]),
        ...comment("What it may do, as little as it can work with."),
        `CapabilityBoundingSet=${capabilities.map((name) => `CAP_${name}`).join(" ")}`,
        ...(noNewPrivileges
          ? ["NoNewPrivileges=yes"]
          : comment(
              "Not NoNewPrivileges: SELinux's policy has no nnp_transition into this program's domain, which it would lose:\nhttps://github.com/fedora-selinux/selinux-policy/blob/rawhide/policy/modules/system/init.if",
            )),
        ...hardening,
      ]),
    ),
    flat(section("[Install]", ["WantedBy=multi-user.target"])),
  ]);
}

// Directives that systemd 239 does not know it leaves out with a warning.
const hardening: Lines = [
  "ProtectSystem=strict",
  "ProtectHome=yes",
  "PrivateTmp=yes",
  "PrivateDevices=yes",
  "ProtectClock=yes",
  "ProtectControlGroups=yes",
  "ProtectHostname=yes",
  "ProtectKernelLogs=yes",
  "ProtectKernelModules=yes",
  "ProtectKernelTunables=yes",
  "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK AF_PACKET",
  "RestrictNamespaces=yes",
  "RestrictSUIDSGID=yes",
  "LockPersonality=yes",
  "SystemCallArchitectures=native",
];

function flat(lines: Lines): Lines {
  return lines.map((line) => line.trimStart());
}
