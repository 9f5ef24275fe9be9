import type { FileRule, Hit } from "../rule.ts";
import { apiServerStreams } from "./api-servers.ts";

/** A connection attempt to a dead API server is given up soon. */
export const NX01: FileRule = {
  id: "NX01",
  name: "connect",
  aliases: ["NGINX-CONNECT"],
  scope: "nginx",
  severity: "warning",
  summary: "nginx gives up a connection attempt within 3 s.",
  reason:
    "nginx waits 60 s by default: with one host gone every second or third connection hangs that long (measured), while client-go gives a TLS handshake 10 s; https://nginx.org/en/docs/stream/ngx_stream_proxy_module.html#proxy_connect_timeout",
  remedy: "write `proxy_connect_timeout 2s;` in the server",
  check: (model) =>
    apiServerStreams(model).servers.flatMap((server): readonly Hit[] => {
      const limit = server.connectTimeout;
      const path = "stream.server.proxy_connect_timeout";
      if (limit === undefined) {
        const message = "without proxy_connect_timeout a client waits 60 s on a dead host";
        return [{ position: server.keyword.position, path, message }];
      }
      if (limit.value <= longest) return [];
      return [{ position: limit.position, path, message: `a client waits ${limit.value / 1000} s on a dead host` }];
    }),
};

const longest = 3000;
