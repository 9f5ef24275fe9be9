import type { VrrpInstance, VrrpScript } from "../../model/vrrp.ts";

/** Seconds between adverts: 1 where nothing is said. */
export function advertisementSeconds(instance: VrrpInstance): number {
  return instance.advertisementInterval?.value ?? 1;
}

/** The VRRP version that an instance speaks: 3 for IPv6 whatever is written, else 2 where nothing is. */
export function protocolVersion(instance: VrrpInstance): number {
  if (instance.addresses[0]?.address.value.includes(":") === true) return 3;
  return instance.version?.value ?? 2;
}

/**
 * Seconds that a backup waits longer the lower its priority is; all that a takeover from FAULT costs.
 * VRRP_TIMER_SKEW_CALC in https://github.com/acassen/keepalived/blob/master/keepalived/include/vrrp.h
 */
export function skewSeconds(instance: VrrpInstance): number {
  const unit = protocolVersion(instance) === 3 ? advertisementSeconds(instance) : 1;
  return ((256 - priorityOf(instance)) / 256) * unit;
}

/** Seconds after the last advert until a backup takes over: `down_timer_adverts` (3) intervals and the skew. */
export function masterDownSeconds(instance: VrrpInstance): number {
  return (instance.downTimerAdverts?.value ?? 3) * advertisementSeconds(instance) + skewSeconds(instance);
}

/** 100 where nothing is said, as in keepalived. */
export function priorityOf(instance: VrrpInstance): number {
  return instance.priority?.value ?? 100;
}

/** Seconds until a check that is refused at once has failed often enough. */
export function refusedSeconds(script: VrrpScript): number {
  return intervalOf(script) * (script.fall?.value ?? 1);
}

/** Seconds between two runs: 1 where nothing is said. */
export function intervalOf(script: VrrpScript): number {
  return script.interval?.value ?? 1;
}

/** Seconds after which keepalived ends a run: the interval where nothing is said. */
export function timeoutOf(script: VrrpScript): number {
  return script.timeout?.value ?? intervalOf(script);
}

/** `3.06 s`, `62 ms`. */
export function secondsText(seconds: number): string {
  return seconds < 0.1 ? `${Math.round(seconds * 1000)} ms` : `${Math.round(seconds * 100) / 100} s`;
}
