import type { HaproxyProxy } from "../../model/balancer.ts";
import type { FileRule, Hit } from "../rule.ts";
import { asTime, manual, oncePerPlace, pathOf } from "./hits.ts";
import { carryingProxies, checkingProxies } from "./members.ts";

/** Connecting to a dead host and asking a hung server are given up soon. */
export const HA08: FileRule = {
  id: "HA08",
  name: "connect",
  aliases: ["HAPROXY-DISTRO"],
  scope: "haproxy",
  severity: "warning",
  summary: "A connection attempt is given up within 3 s, and a check has a limit of its own.",
  reason: `2 s cover a lost SYN and leave time for three attempts within the 10 s that client-go gives a TLS handshake; without \`timeout check\` a check may last as long as \`inter\`; ${manual("4.2-timeout connect")}`,
  remedy: "write `timeout connect 2s` and `timeout check 2s`",
  check: (model, context) => {
    const carrying = new Set(carryingProxies(model, context));
    const checking = new Set(checkingProxies(model, context));
    return oncePerPlace(
      [...new Set([...carrying, ...checking])].flatMap((proxy) =>
        judge(proxy, { carries: carrying.has(proxy), checks: checking.has(proxy) }),
      ),
    );
  },
};

function judge(
  proxy: HaproxyProxy,
  { carries, checks }: { readonly carries: boolean; readonly checks: boolean },
): readonly Hit[] {
  const connect = proxy.timeouts.get("connect");
  const parts = [
    ...(carries && connect === undefined
      ? ["without `timeout connect` a client waits on a dead host until the system gives up"]
      : []),
    ...(carries && connect !== undefined && connect.value > longest
      ? [`a client waits ${asTime(connect.value)} on a dead host before another server is tried`]
      : []),
    ...(checks && !proxy.timeouts.has("check")
      ? ["without `timeout check` a hung server holds a check for the whole `inter`"]
      : []),
  ];
  if (parts.length === 0) return [];
  const isLong = connect !== undefined && connect.value > longest && carries;
  const { position } = isLong ? connect : proxy.kind;
  return [{ position, path: pathOf(proxy, "timeout"), message: parts.join("; ") }];
}

const longest = 3000;
