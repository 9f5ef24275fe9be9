import type { ClusterPicture } from "../model/picture.ts";
import type { VrrpInstance } from "../model/vrrp.ts";
import { bareAddress, type Member } from "../rules/keepalived/siblings.ts";
import { advertisementSeconds, priorityOf, protocolVersion } from "../rules/keepalived/timing.ts";
import { checkTimings, type CheckTiming } from "./check-timing.ts";
import { setting, type Setting } from "./setting.ts";

/** keepalived's election as far as it decides about time. */
export interface VrrpTiming {
  readonly kind: "vrrp";
  /** Seconds between adverts as they are sent: version 2 knows whole ones only. */
  readonly advert: Setting;
  /** How many missed adverts make a backup take over. */
  readonly downAdverts: Setting;
  readonly version: number;
  /** Members by rank: who takes over first stands first. */
  readonly routers: readonly Router[];
  /** Whether a better node that comes back takes the virtual IP. */
  readonly preempts: boolean;
  /** What the holder is asked, those that can move the virtual IP first. */
  readonly checks: readonly CheckTiming[];
  readonly multicast: boolean;
  /** From and to which members speak by unicast, without prefix lengths. */
  readonly addresses: readonly string[];
  /** Seconds until a new holder repeats its first gratuitous ARPs. */
  readonly garpDelay: number;
  /** Seconds between repeated gratuitous ARPs; undefined for never. */
  readonly garpRefresh: number | undefined;
  /** The virtual router ID as it stands. */
  readonly id: Setting;
}

/** A node that may hold the virtual IP. */
export interface Router {
  readonly node: string;
  readonly priority: Setting;
  /** Seconds that it waits longer than the down interval. */
  readonly skew: number;
}

/** The timing of a virtual router; its first member is the measure of what all have in common. */
export function vrrpTiming(members: readonly Member[], cluster: ClusterPicture): VrrpTiming | undefined {
  const ranked = members.toSorted((a, b) => priorityOf(b.instance) - priorityOf(a.instance));
  const [first] = ranked;
  if (first === undefined) return undefined;
  const { instance, model } = first;
  const position = instance.keyword.position;
  const version = protocolVersion({ ...instance, version: instance.version ?? model.globals.version });
  const advert = setting("advert_int", instance.advertisementInterval, { value: 1, position });
  const effective = { ...advert, value: version === 3 ? advert.value : Math.max(1, Math.round(advert.value)) };
  return {
    kind: "vrrp",
    advert: effective,
    downAdverts: setting("down_timer_adverts", instance.downTimerAdverts, { value: 3, position, unit: "" }),
    version,
    routers: ranked.map((member) => router(member, version === 3 ? advertisementSeconds(instance) : 1)),
    preempts: ranked.some(
      ({ instance: { nopreempt, state } }) => nopreempt?.value !== true || state?.value === "MASTER",
    ),
    checks: checkTimings(ranked, cluster),
    addresses: ranked.flatMap(({ instance: { unicastSource, peers } }) =>
      [unicastSource, ...(peers ?? [])].flatMap((address) =>
        address === undefined ? [] : [bareAddress(address.value)],
      ),
    ),
    multicast: ranked.some(({ instance: { peers } }) => (peers?.length ?? 0) === 0),
    garpDelay: instance.garpDelay?.value ?? 5,
    garpRefresh: instance.garpRefresh?.value ?? model.globals.garpRefresh?.value,
    id: setting("virtual_router_id", instance.virtualRouterID, { value: 51, position, unit: "" }),
  };
}

function router({ instance, node }: Member, unit: number): Router {
  return {
    node,
    priority: setting("priority", instance.priority, { value: 100, position: instance.keyword.position, unit: "" }),
    skew: skew(instance, unit),
  };
}

// VRRP_TIMER_SKEW_CALC of keepalived counts the priority as it is written, without weights.
function skew(instance: VrrpInstance, unit: number): number {
  return ((256 - priorityOf(instance)) / 256) * unit;
}
