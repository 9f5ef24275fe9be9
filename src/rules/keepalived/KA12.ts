import type { VrrpInstance } from "../../model/vrrp.ts";
import type { FileRule, Hit } from "../rule.ts";
import { instancePath } from "./place.ts";
import { type Member, membersOf, routersOf } from "./siblings.ts";
import { advertisementSeconds, priorityOf, protocolVersion, secondsText } from "./timing.ts";

export const KA12: FileRule = {
  id: "KA12",
  name: "priorities",
  aliases: ["VRRP-PRIO-EQ"],
  scope: "cluster",
  severity: "warning",
  summary: "Priorities lie within 1 and 254 and are at least 2 apart.",
  reason:
    "two backups whose timers end within one round trip both take the virtual IP for a moment: https://www.rfc-editor.org/rfc/rfc5798#section-6.1",
  remedy: "use 250, 240, 230 and so on, a different one on each node",
  check: (cluster) => [
    ...membersOf(cluster).flatMap(({ instance }) => rangeHit(instance)),
    ...routersOf(cluster).flatMap(orderHits),
  ],
};

function rangeHit(instance: VrrpInstance): readonly Hit[] {
  const priority = priorityOf(instance);
  if (Number.isInteger(priority) && priority >= 1 && priority <= 255) return [];
  return [{ ...placeOf(instance), severity: "error", message: `priority ${priority} is not within 1 and 254` }];
}

/** Compares each member with the one that takes over just before it, by priority and then by name. */
function orderHits(members: readonly Member[]): readonly Hit[] {
  const order = members
    .filter(({ instance, model }) => instance.priority !== undefined || model.residue.length === 0)
    .toSorted((a, b) => priorityOf(b.instance) - priorityOf(a.instance));
  return order.flatMap(({ instance }, index): readonly Hit[] => {
    const before = order[index - 1];
    const priority = priorityOf(instance);
    if (before === undefined || priorityOf(before.instance) - priority > 1) return [];
    if (priorityOf(before.instance) === priority)
      return [{ ...placeOf(instance), message: `priority ${priority} is that of ${before.node} too` }];
    const apart = (protocolVersion(instance) === 3 ? advertisementSeconds(instance) : 1) / 256;
    return [
      {
        ...placeOf(instance),
        severity: "info",
        message: `priority ${priority} is 1 below that of ${before.node}: their timers end ${secondsText(apart)} apart`,
      },
    ];
  });
}

function placeOf(instance: VrrpInstance): Pick<Hit, "position" | "path"> {
  return {
    position: (instance.priority ?? instance.keyword).position,
    path: instancePath(instance, "priority"),
  };
}
