import type { FileRule } from "../rule.ts";
import { detectionTime } from "./detection-time.ts";
import { manual, oncePerPlace, pathOf } from "./hits.ts";
import { checkingProxies, checksItself } from "./members.ts";

/** A dead API server leaves the pool soon. */
export const HA04: FileRule = {
  id: "HA04",
  name: "slow-detect",
  aliases: ["HAPROXY-SLOW"],
  scope: "haproxy",
  severity: "warning",
  summary: "haproxy takes a dead API server out of the pool within 15 s.",
  reason: `until then one in n new connections goes to it; with a silent host the worst case is inter + fall × min(inter, timeout connect) + (fall − 1) × fastinter, and without \`timeout check\` every failing check lasts inter; ${manual("5.2-inter")}`,
  remedy: "write `inter 2s fastinter 500ms fall 3` on the servers and `timeout connect 2s`, `timeout check 2s`",
  check: (model, context) =>
    oncePerPlace(
      checkingProxies(model, context).flatMap((proxy) => {
        const slow = proxy.servers.find(
          (server) => checksItself(server) && detectionTime(proxy, server).silent > slowest,
        );
        if (slow === undefined) return [];
        const { refused, silent } = detectionTime(proxy, slow);
        const { position } = slow.options.get("inter") ?? slow.options.get("fall") ?? proxy.kind;
        const message = `a dead API server is noticed after ${refused} s, one on a silent host after ${silent} s`;
        return [{ position, path: pathOf(proxy), message }];
      }),
    ),
};

/** Seconds; half of the 30 s that OpenShift allows. */
const slowest = 15;
