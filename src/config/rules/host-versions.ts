import type { Problem, Rule } from "../rule.ts";
import { type ClusterSpec, runsOnHosts } from "../spec.ts";
import { isBelow } from "../host-version.ts";

/** What the machines' daemons must know. */
export const hostVersions: Rule = {
  id: "host-versions",
  summary: "The machines' keepalived, haproxy and nginx know every keyword of their files.",
  reason:
    "a daemon that does not know a keyword does not start, or leaves it out: https://www.keepalived.org/release-notes/, https://docs.haproxy.org/2.4/configuration.html, https://nginx.org/en/CHANGES",
  check: (spec) =>
    runsOnHosts(spec)
      ? needs(spec).flatMap(({ program, since, keyword }): readonly Problem[] => {
          const version = spec.host[program];
          if (isBelow(version, since) !== true) return [];
          return [
            {
              severity: "error",
              path: `host.${program}`,
              message: `${program} ${version} does not know ${keyword}`,
              remedy: `install ${program} ${since} or later`,
            },
          ];
        })
      : [],
};

interface Need {
  readonly program: "keepalived" | "haproxy" | "nginx";
  readonly since: string;
  readonly keyword: string;
}

// By the sources at each tag; what came later and may be left out is: see the components.
function needs({ loadBalancer: { provider } }: ClusterSpec): readonly Need[] {
  return [
    { program: "keepalived", since: "2.1.0", keyword: "check_unicast_src" },
    ...(provider === "haproxy" ? ([{ program: "haproxy", since: "2.4", keyword: "set-var in global" }] as const) : []),
    ...(provider === "nginx"
      ? ([{ program: "nginx", since: "1.15.6", keyword: "proxy_socket_keepalive" }] as const)
      : []),
  ];
}
