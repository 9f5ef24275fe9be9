import type { Problem, Rule } from "../rule.ts";
import { runsOnHosts } from "../spec.ts";
import { requiredKeywords } from "../host-needs.ts";
import { isBelow } from "../host-version.ts";

/** What the machines' daemons must know. */
export const hostVersions: Rule = {
  id: "host-versions",
  summary: "The machines' keepalived, haproxy and nginx know every keyword of their files.",
  reason:
    "a daemon that does not know a keyword does not start, or leaves it out: https://www.keepalived.org/release-notes/, https://docs.haproxy.org/2.4/configuration.html, https://nginx.org/en/CHANGES",
  check: (spec) =>
    runsOnHosts(spec)
      ? requiredKeywords(spec).flatMap(({ program, since, keyword }): readonly Problem[] => {
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
