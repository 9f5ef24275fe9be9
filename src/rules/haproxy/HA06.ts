import type { FileRule, Hit } from "../rule.ts";
import { manual, oncePerPlace, pathOf, serverPath } from "./hits.ts";
import { carryingProxies } from "./members.ts";

/** A dead API server takes its connections with it. */
export const HA06: FileRule = {
  id: "HA06",
  name: "marked-down",
  scope: "haproxy",
  severity: "warning",
  summary: "Connections to an API server that is down are cut.",
  reason: `a watch on an API server whose host vanished hangs until the client's own HTTP/2 ping gives up, 45 s; with \`on-marked-down shutdown-sessions\` it ends when the check fails (measured: cut at once against still open after 20 s); ${manual("5.2-on-marked-down")}`,
  remedy: "write `default-server on-marked-down shutdown-sessions` above the servers",
  check: (model, context) =>
    oncePerPlace(
      carryingProxies(model, context).flatMap((proxy): readonly Hit[] => {
        const checked = proxy.servers.filter(({ options }) => options.has("check") || options.has("track"));
        const without = checked.filter(({ options }) => options.get("on-marked-down")?.value !== "shutdown-sessions");
        if (without.length === 0) return [];
        const message = "watches on it hang for up to 45 s";
        if (without.length === checked.length) {
          const subject = "when an API server is down its connections stay";
          return [{ position: proxy.kind.position, path: pathOf(proxy), message: `${subject}: ${message}` }];
        }
        return without.map((server) => ({
          position: server.keyword.position,
          path: serverPath(proxy, server),
          message: `when ${server.name.value} is down its connections stay, unlike those of the others: ${message}`,
        }));
      }),
    ),
};
