import type { NginxModel } from "../model/balancer.ts";
import { apiServerStreams } from "../rules/nginx/api-servers.ts";
import type { BalancerTiming } from "./balancer-timing.ts";
import { placeText, setting } from "./setting.ts";

/** The timing of nginx's stream module; undefined where nothing leads to API servers. */
export function nginxTiming(model: NginxModel): BalancerTiming | undefined {
  const { servers, upstreams } = apiServerStreams(model);
  const [server] = servers;
  if (server === undefined) return undefined;
  const { position } = server.keyword;
  const milliseconds = (
    found: { readonly value: number; readonly position: typeof position } | undefined,
  ): typeof found => found && { ...found, value: found.value / 1000 };
  return {
    program: "nginx",
    place: placeText(position),
    // Checks of its own are for its paying customers only.
    steering: undefined,
    cutting: undefined,
    fallsBack: true,
    redispatches: true,
    connect: setting("proxy_connect_timeout", milliseconds(server.connectTimeout), { value: 60, position }),
    transparent: false,
    servers: upstreams.flatMap((upstream) =>
      upstream.servers.map(({ address }) => address.value.replace(/:\d+$/, "").replaceAll(/[[\]]/g, "")),
    ),
    idle: setting("proxy_timeout", milliseconds(server.idleTimeout), { value: 600, position }),
  };
}
