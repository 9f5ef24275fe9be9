import type { Located } from "../../model/located.ts";
import type { VrrpInstance } from "../../model/vrrp.ts";
import type { FileRule, Hit } from "../rule.ts";
import { isResidue } from "../../readers/keepalived-values.ts";
import { instancePath } from "./place.ts";
import { protocolVersion } from "./timing.ts";

export const KA16: FileRule = {
  id: "KA16",
  name: "authentication",
  aliases: ["auth"],
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
  const path = instancePath(instance, "authentication");
  if (protocolVersion(instance) === 3)
    return [{ position: keyword.position, path, message: "VRRP version 3 ignores the authentication" }];
  const weakness = password && weaknessOf(password);
  if (password !== undefined && weakness !== undefined)
    return [{ position: password.position, path: `${path}.auth_pass`, message: `auth_pass ${weakness}` }];
  return [
    {
      position: keyword.position,
      path,
      severity: "info",
      message: `auth_type ${type?.value ?? "none"} protects from mistakes, not from attackers`,
    },
  ];
}

// The password itself is not repeated.
function weaknessOf({ value }: Located<string>): string | undefined {
  if (isResidue(value)) return undefined;
  if (Buffer.byteLength(value) > 8) return `has ${Buffer.byteLength(value)} characters, of which 8 count`;
  if (value.length < 6) return `has only ${value.length} characters`;
  return known.test(value) ? "is one that everybody tries first" : undefined;
}

const known =
  /^(?:1+|123456\d*|12345678|password|secret\d*|keepaliv\w*|k8s[\w.]*|test[\w-]*|changeme|haproxy\d*|kubernet\w*)$/i;
