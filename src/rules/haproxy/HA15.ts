import type { HaproxyProxy } from "../../model/balancer.ts";
import type { FileRule, Hit } from "../rule.ts";
import { manual, oncePerPlace, pathOf, serverPath } from "./hits.ts";
import { carryingProxies } from "./members.ts";

/** Connections are spread, and reach the API server as they came. */
export const HA15: FileRule = {
  id: "HA15",
  name: "sticky",
  scope: "haproxy",
  severity: "warning",
  summary: "Clients are not bound to an API server, and nothing is put before their bytes.",
  reason: `"Do not configure session persistence for an API load balancer" (https://github.com/openshift/openshift-docs/blob/main/modules/installation-load-balancing-user-infra.adoc): few clients hold most connections, so one API server gets most of the load; an API server does not speak the PROXY protocol and refuses every connection that begins with it; ${manual("4.2-balance")}`,
  remedy: "write `balance leastconn`",
  check: (model, context) =>
    oncePerPlace(
      carryingProxies(model, context).flatMap((proxy) => [
        ...[...balanceHits(proxy), ...stickHits(proxy)].slice(0, 1),
        ...proxyHits(proxy).slice(0, 1),
      ]),
    ),
};

function balanceHits(proxy: HaproxyProxy): readonly Hit[] {
  const { balance } = proxy;
  if (balance === undefined || !/^(?:source|hash|uri|url_param|hdr(?:\(.*|$)|rdp-cookie)/s.test(balance.value))
    return [];
  const message = `balance ${balance.value} binds a client to one API server`;
  return [{ position: balance.position, path: pathOf(proxy, "balance"), message }];
}

function stickHits(proxy: HaproxyProxy): readonly Hit[] {
  return proxy.keywords
    .filter(({ name }) => /^stick (?:on|match|store-request)$/.test(name.value))
    .map(({ name }) => ({
      position: name.position,
      path: pathOf(proxy, name.value),
      message: `${name.value} binds a client to one API server`,
      remedy: "remove the line",
    }));
}

function proxyHits(proxy: HaproxyProxy): readonly Hit[] {
  return proxy.servers.flatMap((server) =>
    [...server.options]
      .filter(([name]) => name.startsWith("send-proxy"))
      .map(([name, { position }]) => ({
        position,
        path: serverPath(proxy, server, name),
        message: `${name} puts a header before every connection, which the API server refuses`,
        severity: "error" as const,
        remedy: `remove ${name}`,
      })),
  );
}
