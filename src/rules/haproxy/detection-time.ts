import type { HaproxyProxy, HaproxyServer } from "../../model/balancer.ts";
import { parseHaproxyTime } from "../../readers/haproxy-time.ts";

/** Seconds until haproxy takes an API server for dead, at worst. */
export interface DetectionTime {
  /** Its host refuses connections. */
  readonly refused: number;
  /** Its host is silent. */
  readonly silent: number;
}

/**
 * inter + fall × t + (fall − 1) × fastinter, where t is how long a failing check lasts: nothing when
 * refused; on a silent host `timeout connect` where `timeout check` is set, but at most `inter`.
 * https://docs.haproxy.org/3.0/configuration.html#5.2-inter (process_chk_conn in src/check.c)
 */
export function detectionTime(proxy: HaproxyProxy, { options }: HaproxyServer): DetectionTime {
  const time = (name: string): number | undefined => parseHaproxyTime(options.get(name)?.value ?? "");
  const inter = time("inter") ?? 2000;
  const fastinter = time("fastinter") ?? inter;
  const fall = Math.max(1, Number(options.get("fall")?.value ?? 3) || 3);
  const connect = proxy.timeouts.get("connect")?.value;
  const silentCheck = proxy.timeouts.has("check") && connect !== undefined ? Math.min(inter, connect) : inter;
  const refused = inter + (fall - 1) * fastinter;
  return { refused: refused / 1000, silent: (refused + fall * silentCheck) / 1000 };
}
