import type { HaproxyProxy, HaproxySection, Keyword } from "../model/balancer.ts";
import type { Located } from "../model/located.ts";
import { readBinds } from "./haproxy-bind.ts";
import { readServers } from "./haproxy-server.ts";
import { parseHaproxyTime } from "./haproxy-time.ts";

/**
 * The proxies with what they inherit: from the `defaults` section that they name, else from the last
 * one above them. https://docs.haproxy.org/3.0/configuration.html#4
 */
export function readProxies(sections: readonly HaproxySection[]): readonly HaproxyProxy[] {
  const named = new Map<string, readonly Keyword[]>();
  let latest: readonly Keyword[] = [];
  let budget = 200_000;
  return sections.flatMap((section): readonly HaproxyProxy[] => {
    const { kind, name, from } = section;
    if (kind.value === "global") return [];
    // A `defaults` section begins anew unless it names another one.
    const unnamed = kind.value === "defaults" ? [] : latest;
    const inherited = from === undefined ? unnamed : (named.get(from.value) ?? []);
    budget -= inherited.length;
    // Nobody writes so much; a text made to be slow gets no inheritance.
    const keywords = budget < 0 ? section.keywords : effective(inherited, section.keywords);
    if (isProxy(kind)) return name === undefined ? [] : [proxyOf(kind, name, keywords)];
    latest = keywords.map((keyword) => ({ ...keyword, inherited: true }));
    if (name !== undefined) named.set(name.value, latest);
    return [];
  });
}

/** Without those options that a later `no option` takes back. */
function effective(inherited: readonly Keyword[], own: readonly Keyword[]): readonly Keyword[] {
  const takenBack = new Set<string>();
  const all = [...inherited, ...own].toReversed().filter(({ name }) => {
    const taken = /^(?:no|default) (.*)$/s.exec(name.value)?.[1];
    if (taken !== undefined) takenBack.add(taken);
    return !takenBack.has(name.value);
  });
  return all.toReversed();
}

function isProxy(kind: HaproxySection["kind"]): kind is HaproxyProxy["kind"] {
  return kind.value !== "global" && kind.value !== "defaults";
}

function proxyOf(kind: HaproxyProxy["kind"], name: Located<string>, keywords: readonly Keyword[]): HaproxyProxy {
  const last = (keyword: string): Located<string> | undefined =>
    keywords.findLast((entry) => entry.name.value === keyword)?.arguments[0];
  return {
    kind,
    name,
    timeouts: readTimeouts(keywords),
    mode: last("mode"),
    balance: last("balance"),
    binds: kind.value === "backend" ? [] : readBinds(keywords),
    servers: kind.value === "frontend" ? [] : readServers(keywords),
    keywords,
    backends: kind.value === "backend" ? [] : backendsOf(keywords),
  };
}

function readTimeouts(keywords: readonly Keyword[]): ReadonlyMap<string, Located<number>> {
  return new Map(
    keywords.flatMap(({ name, arguments: [time] }) => {
      const event = /^timeout (.+)$/.exec(name.value)?.[1];
      const value = time && parseHaproxyTime(time.value);
      return event === undefined || time === undefined || value === undefined
        ? []
        : [[event, { value, position: time.position }] as const];
    }),
  );
}

function backendsOf(keywords: readonly Keyword[]): readonly Located<string>[] {
  const fallback = keywords.findLast(({ name }) => name.value === "default_backend");
  return keywords
    .filter((keyword) => keyword.name.value === "use_backend" || keyword === fallback)
    .flatMap(({ arguments: [backend] }) => (backend === undefined ? [] : [backend]));
}
