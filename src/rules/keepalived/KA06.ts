import type { Located } from "../../model/located.ts";
import type { KeepalivedModel, VrrpInstance } from "../../model/vrrp.ts";
import type { FileRule } from "../rule.ts";
import { trackedScripts } from "./checks.ts";
import { instancePath, scriptPath } from "./place.ts";
import { masterDownSeconds, refusedSeconds, secondsText } from "./timing.ts";

export const KA06: FileRule = {
  id: "KA06",
  name: "slow-detect",
  aliases: ["ADVERT-3"],
  scope: "keepalived",
  severity: "warning",
  summary: "A failed balancer is noticed and the virtual IP moved within 10 seconds.",
  reason:
    "until then no client reaches the API servers: interval times fall for the check, then up to down_timer_adverts adverts: https://www.rfc-editor.org/rfc/rfc5798#section-6.1",
  remedy: "check every second with fall 2, and advertise every second or faster",
  check: (model) =>
    model.instances.flatMap((instance) => {
      const slowest = detections(model, instance).toSorted((a, b) => b.seconds - a.seconds)[0];
      const takeover = masterDownSeconds(instance);
      // Three adverts of 3 s are slow by themselves.
      if (takeover > 9) {
        return [
          {
            position: (instance.advertisementInterval ?? instance.keyword).position,
            path: instancePath(instance, "advert_int"),
            message: `a takeover needs up to ${secondsText(takeover)}`,
          },
        ];
      }
      if (slowest === undefined || slowest.seconds + takeover <= 10) return [];
      return [
        {
          position: slowest.place.position,
          path: slowest.path,
          message: `a failed balancer costs up to ${secondsText(slowest.seconds + takeover)}: ${secondsText(slowest.seconds)} until it is noticed and ${secondsText(takeover)} for the takeover`,
        },
      ];
    }),
};

interface Detection {
  readonly seconds: number;
  readonly place: Located<unknown>;
  readonly path: string;
}

function detections(model: KeepalivedModel, instance: VrrpInstance): readonly Detection[] {
  const processes = model.processes.filter(({ name }) =>
    instance.trackedProcesses.some((tracking) => tracking.name.value === name.value),
  );
  return [
    ...trackedScripts(model, [instance]).map((script) => ({
      seconds: refusedSeconds(script),
      place: script.fall ?? script.interval ?? script.keyword,
      path: scriptPath(script, script.fall === undefined ? "interval" : "fall"),
    })),
    ...processes.map(({ name, delay, keyword }) => ({
      seconds: delay?.value ?? 0,
      place: delay ?? keyword,
      path: `vrrp_track_process ${name.value}.delay`,
    })),
  ];
}
