import type { FileRule, Hit } from "../rule.ts";
import { apiServerStreams } from "./api-servers.ts";

/** Idle watches are not cut. */
export const NX04: FileRule = {
  id: "NX04",
  name: "stream-idle",
  scope: "nginx",
  severity: "warning",
  summary: "Idle connections to an API server live on.",
  reason:
    "watches, exec and port-forward may be silent for long; client-go pings after 30 s, others do not. Without proxy_timeout nginx cuts after 10 min; https://nginx.org/en/docs/stream/ngx_stream_proxy_module.html#proxy_timeout",
  remedy: "write `proxy_timeout 4h;` in the server",
  check: (model) =>
    apiServerStreams(model).servers.flatMap(({ idleTimeout }): readonly Hit[] => {
      if (idleTimeout === undefined || idleTimeout.value >= shortest) return [];
      return [
        {
          position: idleTimeout.position,
          path: "stream.server.proxy_timeout",
          message: `idle connections are cut after ${idleTimeout.value / 1000} s`,
        },
      ];
    }),
};

const shortest = 60_000;
