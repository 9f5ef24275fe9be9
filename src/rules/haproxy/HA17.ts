import type { HaproxyProxy, Keyword } from "../../model/balancer.ts";
import { isLocalHost, isSocket, parseHaproxyAddress } from "../../readers/haproxy-address.ts";
import type { FileRule, Hit } from "../rule.ts";
import { manual, oncePerPlace, pathOf } from "./hits.ts";
import { carryingProxies } from "./members.ts";

/** Only root of the machine may take API servers out. */
export const HA17: FileRule = {
  id: "HA17",
  name: "open-admin",
  scope: "haproxy",
  severity: "warning",
  summary: "Nobody takes API servers out over the network, or as an ordinary user of the machine.",
  reason: `with \`stats admin\` the page of statistics has a form, and with \`level admin\` a socket has commands, that disable servers, all of them; the page's password travels in clear, and the socket asks for none; ${manual("4.2-stats admin")}`,
  remedy: "remove `stats admin`; bind the page to 127.0.0.1; give the socket a path with `mode 600`",
  check: (model, context) =>
    carryingProxies(model, context).length === 0
      ? []
      : oncePerPlace([...model.proxies.flatMap(pageHits), ...model.globals.keywords.flatMap(socketHits)]),
};

function pageHits(proxy: HaproxyProxy): readonly Hit[] {
  const open = proxy.binds.find(({ address }) => !isLocalHost(parseHaproxyAddress(address.value).host));
  if (open === undefined) return [];
  return proxy.keywords.filter(isForEverybody).map(({ name }) => ({
    position: name.position,
    path: pathOf(proxy, "stats admin"),
    message: `whoever reaches ${open.address.value} and has its password can take every API server out`,
  }));
}

/** `TRUE` is a condition that haproxy brings; what others ask is not known. */
function isForEverybody({ name, arguments: [word, condition, ...more] }: Keyword): boolean {
  return name.value === "stats admin" && word?.value === "if" && condition?.value === "TRUE" && more.length === 0;
}

function socketHits({ name, arguments: [address, ...options] }: Keyword): readonly Hit[] {
  if (name.value !== "stats socket" || address === undefined || valueOf(options, "level") !== "admin") return [];
  const who = whoReaches(address.value, valueOf(options, "mode"));
  if (who === undefined) return [];
  const message = `${who} can take every API server out, without a password`;
  return [{ position: address.position, path: "global.stats socket", message }];
}

function whoReaches(address: string, mode: string | undefined): string | undefined {
  const { host } = parseHaproxyAddress(address);
  if (!isLocalHost(host)) return `whoever reaches ${address}`;
  // A socket that may be written to by others, and 127.0.0.1, are everybody's.
  return !isSocket(host) || /[2367]$/.test(mode ?? "") ? "every user of this machine" : undefined;
}

function valueOf(options: Keyword["arguments"], key: string): string | undefined {
  const index = options.findLastIndex(({ value }) => value === key);
  return index < 0 ? undefined : options[index + 1]?.value;
}
