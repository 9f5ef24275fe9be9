import type { FileRule, Hit } from "../rule.ts";
import { instancePath } from "../keepalived/place.ts";
import { type Member, routersOf } from "../keepalived/siblings.ts";
import { priorityOf } from "../keepalived/timing.ts";

export const CL04: FileRule = {
  id: "CL04",
  name: "equal-priorities",
  scope: "cluster",
  severity: "warning",
  summary: "The nodes of a virtual router have different priorities, and at most one begins as MASTER.",
  reason:
    "backups of one priority take over in the same moment, and two that begin as MASTER both hold the virtual IP at the start: https://www.rfc-editor.org/rfc/rfc5798#section-6.4.3",
  remedy: "use 250, 240, 230 and so on, and state BACKUP everywhere",
  check: (cluster) => routersOf(cluster).flatMap((members) => members.flatMap((member) => hits(member, members))),
};

function hits(member: Member, members: readonly Member[]): readonly Hit[] {
  const { instance } = member;
  const earlier = members.slice(0, members.indexOf(member));
  const equal = earlier.find((other) => priorityOf(other.instance) === priorityOf(instance));
  const master = earlier.find((other) => other.instance.state?.value === "MASTER");
  return [
    ...(equal === undefined || unreadable(member) || unreadable(equal)
      ? []
      : [
          {
            position: (instance.priority ?? instance.keyword).position,
            path: instancePath(instance, "priority"),
            message: `priority ${priorityOf(instance)} is that of ${equal.node} too`,
          },
        ]),
    ...(master === undefined || instance.state?.value !== "MASTER"
      ? []
      : [
          {
            position: instance.state.position,
            path: instancePath(instance, "state"),
            message: `${master.node} begins as MASTER too`,
          },
        ]),
  ];
}

// A template's word stands where the number should be.
function unreadable({ instance, model }: Member): boolean {
  return instance.priority === undefined && model.residue.length > 0;
}
