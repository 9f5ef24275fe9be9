import type { FileRule } from "../rule.ts";
import { instancePath } from "../keepalived/place.ts";
import { routersOf } from "../keepalived/siblings.ts";

export const CL04: FileRule = {
  id: "CL04",
  name: "several-masters",
  scope: "cluster",
  severity: "warning",
  summary: "At most one node of a virtual router begins as MASTER.",
  reason:
    "two that begin as MASTER both take the virtual IP at the start: https://www.rfc-editor.org/rfc/rfc5798#section-6.4.1",
  remedy: "write state BACKUP on every node",
  check: (cluster) =>
    routersOf(cluster).flatMap((members) => {
      const [first, ...later] = members.filter(({ instance }) => instance.state?.value === "MASTER");
      return later.map(({ instance }) => ({
        position: (instance.state ?? instance.keyword).position,
        path: instancePath(instance, "state"),
        message: `${first?.node} begins as MASTER too`,
      }));
    }),
};
