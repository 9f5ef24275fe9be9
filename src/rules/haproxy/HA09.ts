import type { HaproxyProxy } from "../../model/balancer.ts";
import type { FileRule, Hit } from "../rule.ts";
import { manual, oncePerPlace, pathOf } from "./hits.ts";
import { carryingProxies } from "./members.ts";

/** No small limit of connections per API server. */
export const HA09: FileRule = {
  id: "HA09",
  name: "srv-maxconn",
  aliases: ["HAPROXY-MAXCONN"],
  scope: "haproxy",
  severity: "warning",
  summary: "An API server has no small limit of connections in haproxy.",
  reason: `kubelet, kube-proxy and the network plugin of every node hold connections; after a failure the servers left take all of them, and what is over \`maxconn\` waits in a queue and then fails; ${manual("5.2-maxconn")}`,
  remedy: "remove maxconn and maxqueue from the servers; `maxconn` in global limits memory",
  check: (model, context) => oncePerPlace(carryingProxies(model, context).flatMap(judge)),
};

/** One hit for the whole section: the servers differ in no proxy that somebody wrote. */
function judge(proxy: HaproxyProxy): readonly Hit[] {
  const { servers } = proxy;
  const limit = servers
    .flatMap(({ options }) => options.get("maxconn") ?? [])
    .find(({ value }) => isBelow(value, 1000));
  const queue = servers
    .flatMap(({ options }) => options.get("maxqueue") ?? [])
    .find(({ value }) => isBelow(value, Number.POSITIVE_INFINITY));
  const place = limit ?? queue;
  if (place === undefined) return [];
  const total = Number(limit?.value) * servers.length;
  const parts = [
    ...(limit === undefined
      ? []
      : [`maxconn ${limit.value}: the ${servers.length} API servers take ${total} connections`]),
    ...(queue === undefined ? [] : [`maxqueue ${queue.value}: no more than that wait, the next fails`]),
  ];
  return [{ position: place.position, path: pathOf(proxy), message: parts.join("; ") }];
}

// 0 means no limit.
function isBelow(text: string, limit: number): boolean {
  return /^\d+$/.test(text) && Number(text) > 0 && Number(text) < limit;
}
