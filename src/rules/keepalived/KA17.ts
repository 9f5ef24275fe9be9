import type { FileRule, Hit } from "../rule.ts";
import { instancePath } from "./place.ts";
import { masterDownSeconds, protocolVersion, secondsText } from "./timing.ts";

export const KA17: FileRule = {
  id: "KA17",
  name: "advertisement-interval",
  aliases: ["advert", "ADVERT-3"],
  scope: "keepalived",
  severity: "warning",
  summary: "advert_int fits the VRRP version and is below 3 seconds.",
  reason:
    "version 2 has whole seconds and rounds others, version 3 ends at 40.95 s, and a takeover lasts three intervals and more: https://www.rfc-editor.org/rfc/rfc5798#section-5.2.7",
  remedy: "use version 3 and the same interval of at most 1 second on every node",
  check: (model) =>
    model.instances.flatMap((instance): readonly Hit[] => {
      const interval = instance.advertisementInterval;
      if (interval === undefined) return [];
      const at = { position: interval.position, path: instancePath(instance, "advert_int") };
      const { value } = interval;
      const version = protocolVersion(instance);
      const limit = version === 3 ? 40.95 : 255;
      if (value < 0.01 || value > limit)
        return [{ ...at, severity: "error", message: `advert_int ${value} is not within 0.01 and ${limit}` }];
      if (version !== 3 && !Number.isInteger(value))
        return [
          {
            ...at,
            message: `advert_int ${value} is rounded to ${Math.max(1, Math.round(value))}, for version 2 has whole seconds`,
          },
        ];
      if (value < 3) return [];
      return [
        { ...at, message: `advert_int ${value} makes a takeover last ${secondsText(masterDownSeconds(instance))}` },
      ];
    }),
};
