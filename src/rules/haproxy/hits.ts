import type { HaproxyProxy, HaproxyServer } from "../../model/balancer.ts";
import type { Hit } from "../rule.ts";

/** How findings name a section. */
export function pathOf({ kind, name }: HaproxyProxy, key?: string): string {
  return `${kind.value} ${name.value}${key === undefined ? "" : `.${key}`}`;
}

/** How findings name a server. */
export function serverPath(proxy: HaproxyProxy, { name }: HaproxyServer, key?: string): string {
  return pathOf(proxy, `server ${name.value}${key === undefined ? "" : `.${key}`}`);
}

/** One hit for each place: what is inherited is said once, not for every section that inherits it. */
export function oncePerPlace(hits: readonly Hit[]): readonly Hit[] {
  const byPlace = new Map<string, Hit>();
  for (const hit of hits) {
    const key = `${hit.position.line}:${hit.position.column}`;
    if (!byPlace.has(key)) byPlace.set(key, hit);
  }
  return [...byPlace.values()];
}

/** Milliseconds as haproxy writes them, the largest unit without a fraction. */
export function asTime(milliseconds: number): string {
  if (milliseconds >= 3_600_000 && milliseconds % 3_600_000 === 0) return `${milliseconds / 3_600_000}h`;
  if (milliseconds >= 1000 && milliseconds % 100 === 0) return `${milliseconds / 1000}s`;
  return `${milliseconds}ms`;
}

/** A place in haproxy's manual, such as 5.2-inter. */
export function manual(anchor: string): string {
  return `https://docs.haproxy.org/3.0/configuration.html#${anchor.replaceAll(" ", "%20")}`;
}
