import type { VrrpInstance, VrrpScript } from "../../model/vrrp.ts";
import type { FileRule } from "../rule.ts";
import { trackedScripts } from "./checks.ts";
import { instancePath, scriptPath } from "./place.ts";
import { masterDownSeconds, refusedSeconds, secondsText } from "./timing.ts";

export const KA06: FileRule = {
  id: "KA06",
  name: "slow-detect",
  scope: "keepalived",
  severity: "warning",
  summary: "A failed balancer is noticed and the virtual IP moved within 10 seconds.",
  reason:
    "until then no client reaches the API servers: interval times fall for the check, then up to down_timer_adverts adverts: https://www.rfc-editor.org/rfc/rfc5798#section-6.1",
  remedy: "check every second with fall 2, and advertise every second or faster",
  check: (model) =>
    model.instances.flatMap((instance) => {
      const slowest = trackedScripts(model, [instance]).toSorted((a, b) => refusedSeconds(b) - refusedSeconds(a))[0];
      const detection = slowest === undefined ? 0 : refusedSeconds(slowest);
      const takeover = masterDownSeconds(instance);
      // Three adverts of 3 s are slow without any check.
      if (detection + takeover <= 10 && takeover <= 9) return [];
      return [
        {
          ...(slowest !== undefined && detection > takeover ? scriptPlace(slowest) : instancePlace(instance)),
          message:
            slowest === undefined
              ? `a takeover needs ${secondsText(takeover)}`
              : `a failed balancer costs up to ${secondsText(detection + takeover)}: ${secondsText(detection)} for the check ${slowest.name.value} and ${secondsText(takeover)} for the takeover`,
        },
      ];
    }),
};

function scriptPlace(script: VrrpScript) {
  const [key, number] =
    (script.fall?.value ?? 1) >= (script.interval?.value ?? 1)
      ? (["fall", script.fall] as const)
      : (["interval", script.interval] as const);
  return { position: (number ?? script.keyword).position, path: scriptPath(script, key) };
}

function instancePlace(instance: VrrpInstance) {
  return {
    position: (instance.advertisementInterval ?? instance.keyword).position,
    path: instancePath(instance, "advert_int"),
  };
}
