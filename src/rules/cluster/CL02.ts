import type { Located } from "../../model/located.ts";
import type { VrrpInstance } from "../../model/vrrp.ts";
import type { FileRule, Hit } from "../rule.ts";
import { instancePath } from "../keepalived/place.ts";
import { type Member, routersOf } from "../keepalived/siblings.ts";
import { advertisementSeconds, protocolVersion } from "../keepalived/timing.ts";
import { oddOnes } from "./odd-ones.ts";

export const CL02: FileRule = {
  id: "CL02",
  name: "timers-differ",
  scope: "cluster",
  severity: "error",
  summary: "The nodes of a virtual router have one VRRP version, advert_int and down_timer_adverts.",
  reason:
    "adverts of another version, and in version 2 of another interval, are dropped: every node takes the virtual IP: https://www.rfc-editor.org/rfc/rfc3768#section-7.1",
  remedy: "write the same version, advert_int and down_timer_adverts on every node",
  check: (cluster) =>
    routersOf(cluster).flatMap((members) => [
      ...compare(members, { key: "version", valueOf: protocolVersion, place: ({ version }) => version }),
      ...compare(members, {
        key: "advert_int",
        valueOf: advertisementSeconds,
        place: ({ advertisementInterval }) => advertisementInterval,
      }),
      ...compare(members, {
        key: "down_timer_adverts",
        valueOf: ({ downTimerAdverts }) => downTimerAdverts?.value ?? 3,
        place: ({ downTimerAdverts }) => downTimerAdverts,
      }),
    ]),
};

interface Timer {
  readonly key: string;
  valueOf(instance: VrrpInstance): number;
  place(instance: VrrpInstance): Located<number> | undefined;
}

function compare(members: readonly Member[], { key, valueOf, place }: Timer): readonly Hit[] {
  const found = oddOnes(members, ({ instance }) => valueOf(instance));
  return (found?.odd ?? []).map(({ member: { instance }, value }) => ({
    position: (place(instance) ?? instance.keyword).position,
    path: instancePath(instance, key),
    message: `${key} is ${value} here and ${found?.measure} on ${found?.first.node}`,
  }));
}
