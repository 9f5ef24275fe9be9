import type { HaproxyModel, HaproxyProxy } from "../../model/balancer.ts";
import type { FileRule, Hit } from "../rule.ts";
import { type HealthCheck, healthCheckOf } from "./health-check.ts";
import { manual, oncePerPlace, pathOf, serverPath } from "./hits.ts";
import { carryingProxies, checkingServer } from "./members.ts";

/** Every API server is asked whether it is ready. */
export const HA01: FileRule = {
  id: "HA01",
  name: "l4-check",
  aliases: ["HAPROXY-CHECK-TCP"],
  scope: "haproxy",
  severity: "warning",
  summary: "haproxy asks every API server whether it is ready.",
  reason: `a bare \`check\` or \`option tcp-check\` "only consists in a connection attempt": an API server that hangs or is not ready yet accepts connections and keeps getting its share; ${manual("4.2-option httpchk")}`,
  remedy:
    "ask /readyz over TLS: `option httpchk`, `http-check send meth GET uri /readyz ver HTTP/1.1 hdr Host kubernetes`, `http-check expect status 200`, and `check check-ssl verify required ca-file /etc/kubernetes/pki/ca.crt verifyhost kubernetes` on the servers",
  check: (model, context) =>
    oncePerPlace(
      carryingProxies(model, context).flatMap((proxy) => [
        ...uncheckedHits(model, proxy),
        ...shallowHits(model, proxy),
      ]),
    ),
};

function uncheckedHits(model: HaproxyModel, proxy: HaproxyProxy): readonly Hit[] {
  const unchecked = proxy.servers.filter((server) => checkingServer(model, { proxy, server }) === undefined);
  if (unchecked.length === proxy.servers.length) {
    const message = `no server of ${pathOf(proxy)} is checked, so a dead API server keeps getting connections`;
    return [{ position: proxy.kind.position, path: pathOf(proxy), message }];
  }
  return unchecked.map((server) => ({
    position: server.keyword.position,
    path: serverPath(proxy, server),
    message: `server ${server.name.value} is not checked, unlike the others`,
  }));
}

function shallowHits(model: HaproxyModel, proxy: HaproxyProxy): readonly Hit[] {
  const checkedBy = new Set(proxy.servers.flatMap((server) => checkingServer(model, { proxy, server })?.proxy ?? []));
  return [...checkedBy].flatMap((checking) => {
    const { kind, asksByHand } = healthCheckOf(checking);
    if (kind === "http" || asksByHand) return [];
    const message = `${pathOf(checking)} asks its servers ${questions[kind]}, not whether they are ready`;
    return [{ position: checking.kind.position, path: pathOf(checking), message }];
  });
}

const questions: Readonly<Record<Exclude<HealthCheck["kind"], "http">, string>> = {
  connect: "only for a connection",
  tcp: "over TCP alone",
  other: "for something else",
};
