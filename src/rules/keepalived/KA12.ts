import type { FileRule, Hit } from "../rule.ts";
import { instancePath } from "./place.ts";
import { siblingsOf } from "./siblings.ts";
import { advertisementSeconds, priorityOf, protocolVersion, secondsText } from "./timing.ts";

export const KA12: FileRule = {
  id: "KA12",
  name: "priorities",
  scope: "keepalived",
  severity: "info",
  summary: "Priorities lie within 1 and 254 and are at least 2 apart.",
  reason:
    "two backups whose timers end within one round trip both take the virtual IP for a moment: https://www.rfc-editor.org/rfc/rfc5798#section-6.1",
  remedy: "use 250, 240, 230 and so on, a different one on each node",
  check: (model, { cluster }) =>
    model.instances.flatMap((instance): readonly Hit[] => {
      const priority = priorityOf(instance);
      const at = {
        position: (instance.priority ?? instance.keyword).position,
        path: instancePath(instance, "priority"),
      };
      if (!Number.isInteger(priority) || priority < 1 || priority > 255)
        return [{ ...at, severity: "error", message: `priority ${priority} is not within 1 and 254` }];
      const above = siblingsOf({ instance, model }, cluster).find(
        (member) => priorityOf(member.instance) === priority + 1,
      );
      if (above === undefined) return [];
      const apart = (protocolVersion(instance) === 3 ? advertisementSeconds(instance) : 1) / 256;
      return [
        {
          ...at,
          message: `priority ${priority} is 1 below that of ${above.node}: their timers end ${secondsText(apart)} apart`,
        },
      ];
    }),
};
