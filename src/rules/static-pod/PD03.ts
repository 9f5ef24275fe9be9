import type { NodePicture } from "../../model/picture.ts";
import { capabilities, type Container, hasCapability } from "../../readers/pod.ts";
import { hitAt, hitAtKey } from "../hit.ts";
import type { Hit } from "../rule.ts";
import { staticPodRule } from "./static-pods.ts";

export const PD03 = staticPodRule({
  id: "PD03",
  name: "keepalived-capabilities",
  aliases: ["caps"],
  severity: "error",
  summary: "keepalived has NET_ADMIN and NET_RAW, SETGID for its checks, SETUID and KILL for checks of another user.",
  reason:
    "without SETGID keepalived cannot start a check and counts that as success, so the virtual IP stays with a dead balancer: https://github.com/acassen/keepalived/blob/v2.3.4/keepalived/core/notify.c",
  remedy: "add NET_ADMIN, NET_RAW and SETGID",
  check: ({ agents }, { node }) =>
    agents.filter(({ agent }) => agent === "keepalived").flatMap(({ container }) => problemOf(container, node) ?? []),
});

function problemOf(container: Container, node: NodePicture): Hit | undefined {
  if (container.securityContext.at("privileged").value === true) return undefined;
  const missing = needed(node).filter((name) => !has(container, name));
  if (missing.length === 0) return undefined;
  const list = container.securityContext.at("capabilities");
  const all = capabilities(container, "drop").find(({ text }) => /^(?:CAP_)?ALL$/i.test(text ?? ""));
  const message = `keepalived lacks ${missing.join(", ")}: ${consequence(missing)}`;
  const more = { remedy: `add ${missing.join(", ")}` };
  if (all !== undefined) return hitAt(all, message, more);
  return list.exists ? hitAtKey(list, message, more) : hitAt(list, message, more);
}

function needed(node: NodePicture): readonly string[] {
  const user = node.keepalived.map(({ globals }) => globals.scriptUser?.value.split(/\s/)[0]).find(Boolean);
  return ["NET_ADMIN", "NET_RAW", "SETGID", ...(user === undefined || user === "root" ? [] : ["SETUID", "KILL"])];
}

// All of them but NET_ADMIN are among the defaults of Docker and containerd.
function has(container: Container, name: string): boolean {
  return hasCapability(container, "add", name) || (name !== "NET_ADMIN" && !hasCapability(container, "drop", name));
}

function consequence(missing: readonly string[]): string {
  if (missing.includes("NET_ADMIN")) return "it cannot set an address";
  if (missing.includes("NET_RAW")) return "it ends at its start";
  return missing.includes("SETGID") ? "every check passes" : "it cannot run or end a check of another user";
}
