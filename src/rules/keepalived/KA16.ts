import type { VrrpInstance } from "../../model/vrrp.ts";
import type { FileRule, Hit } from "../rule.ts";
import { instancePath } from "./place.ts";
import { protocolVersion } from "./timing.ts";

export const KA16: FileRule = {
  id: "KA16",
  name: "authentication",
  aliases: ["auth", "VRRP-AUTH-8", "VRRP-AUTH-WEAK"],
  scope: "keepalived",
  severity: "warning",
  summary: "There is no authentication block: a firewall lets protocol 112 in from the peers only.",
  reason:
    "version 3 ignores it, and version 2 sends eight characters of password in clear with every advert, which the standard dropped in 2004: https://www.rfc-editor.org/rfc/rfc3768#section-10",
  remedy: "remove the authentication block, and let IP protocol 112 in from the peers only",
  check: (model) => model.instances.flatMap(problemOf),
};

function problemOf(instance: VrrpInstance): readonly Hit[] {
  const { authentication } = instance;
  if (authentication === undefined) return [];
  const { keyword, type, password } = authentication;
  return [
    {
      position: (password ?? type ?? keyword).position,
      path: instancePath(instance, "authentication"),
      message:
        protocolVersion(instance) === 3
          ? "VRRP version 3 ignores the authentication"
          : weaknessOf(password?.value, type?.value),
    },
  ];
}

// The password itself is not repeated.
function weaknessOf(password: string | undefined, type = "none"): string {
  const length = password === undefined ? 0 : new TextEncoder().encode(password).length;
  if (length > 8) return `auth_pass has ${length} characters, of which 8 count`;
  return `auth_type ${type} sends its password in clear and keeps no attacker out`;
}
