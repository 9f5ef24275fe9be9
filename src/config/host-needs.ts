import { isBelow } from "./host-version.ts";
import { type ClusterSpec, runsOnHosts } from "./spec.ts";

/** A keyword of a daemon's file, and the release that brought it. */
export interface HostNeed {
  readonly program: "keepalived" | "haproxy" | "nginx";
  /** Such as 2.2.3; by the sources at each tag. */
  readonly since: string;
  readonly keyword: string;
}

/** What the files cannot do without, the oldest first. */
export function requiredKeywords({ loadBalancer: { provider }, keepalived }: ClusterSpec): readonly HostNeed[] {
  return [
    { program: "keepalived", since: "2.1.0", keyword: "check_unicast_src" },
    ...(keepalived.hmacKeyFile === undefined
      ? []
      : ([{ program: "keepalived", since: "2.4.0", keyword: "auth_hmac" }] as const)),
    ...(provider === "haproxy" ? ([{ program: "haproxy", since: "2.4", keyword: "set-var in global" }] as const) : []),
    ...(provider === "nginx"
      ? ([{ program: "nginx", since: "1.15.6", keyword: "proxy_socket_keepalive" }] as const)
      : []),
  ];
}

/** Keywords that are left out for a version in `host` that lacks them. */
export const optionalKeywords = {
  downTimerAdverts: { program: "keepalived", since: "2.2.3", keyword: "down_timer_adverts" },
} as const satisfies Readonly<Record<string, HostNeed>>;

/** Whether the file has an optional keyword: images are new enough. */
export function hasKeyword(spec: ClusterSpec, { program, since }: HostNeed): boolean {
  return !runsOnHosts(spec) || isBelow(spec.host[program], since) !== true;
}
