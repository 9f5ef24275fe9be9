import type { FileRule } from "../rule.ts";

export const KA19: FileRule = {
  id: "KA19",
  name: "strict",
  scope: "keepalived",
  severity: "error",
  summary: "vrrp_strict is off.",
  reason:
    "it has packets to the virtual IP dropped by a firewall rule unless the holder owns the address, and forbids unicast, authentication and preempt_delay: https://www.keepalived.org/manpage.html",
  remedy: "remove vrrp_strict",
  check: ({ globals }) => {
    if (globals.strict?.value !== true) return [];
    const { position } = globals.strict;
    return [
      {
        position,
        path: "global_defs.vrrp_strict",
        message: "vrrp_strict makes the holder drop what is sent to the virtual IP",
        fix: { file: position.file, line: position.line, find: "vrrp_strict", replace: "" },
      },
    ];
  },
};
