import type { HaproxyProxy, Keyword } from "../../model/balancer.ts";
import type { Located } from "../../model/located.ts";
import type { FileRule, Hit } from "../rule.ts";
import { manual, oncePerPlace, pathOf } from "./hits.ts";

/** Nothing for HTTP where haproxy passes TCP through. */
export const HA11: FileRule = {
  id: "HA11",
  name: "l7-in-tcp",
  aliases: ["HAPROXY-MODE", "HAPROXY-ACL-TCP", "HAPROXY-DISTRO"],
  scope: "haproxy",
  severity: "warning",
  summary: "A section in TCP mode holds nothing that needs HTTP mode.",
  reason: `TLS passes through to the API server, so haproxy sees no requests: such options are ignored with a warning, and rules that should keep somebody out keep nobody out; ${manual("4.2-mode")}`,
  remedy: "remove the line",
  check: (model) => {
    // What stands in defaults may be meant for another section.
    const inHTTP = new Set(
      model.proxies.filter((proxy) => !isTCP(proxy)).flatMap(({ keywords }) => keywords.map(placeOf)),
    );
    return oncePerPlace(
      model.proxies
        .filter(isTCP)
        .flatMap((proxy) =>
          proxy.keywords.filter((keyword) => !inHTTP.has(placeOf(keyword))).flatMap((keyword) => judge(proxy, keyword)),
        ),
    );
  },
};

function isTCP({ mode }: HaproxyProxy): boolean {
  return mode === undefined || mode.value === "tcp";
}

function placeOf({ name }: Keyword): string {
  return `${name.position.line}:${name.position.column}`;
}

function judge(proxy: HaproxyProxy, keyword: Keyword): readonly Hit[] {
  const { name } = keyword;
  const path = pathOf(proxy, name.value);
  if (httpOption.test(name.value))
    return [{ position: name.position, path, message: `${name.value} does nothing in TCP mode` }];
  if (httpRule.test(name.value)) {
    const message = `${name.value} is ignored in TCP mode, so it neither keeps anybody out nor changes anything`;
    return [{ position: name.position, path, message, severity: "warning" }];
  }
  const fetch = requestFetch(keyword);
  if (fetch === undefined) return [];
  const message = `${fetch.value} needs a request, which haproxy does not see in TCP mode: it never matches`;
  return [{ position: fetch.position, path, message, severity: "warning" }];
}

/** What a condition looks at, where that is a part of a request. */
function requestFetch({ name, arguments: words }: Keyword): Located<string> | undefined {
  if (name.value === "acl") return words[1] !== undefined && ofRequest.test(words[1].value) ? words[1] : undefined;
  return words.find((word, index) => words[index - 1]?.value.replace("!", "") === "{" && ofRequest.test(word.value));
}

const httpOption =
  /^option (?:forwardfor|forwarded|originalto|httplog|httpslog|httpclose|http-[\w-]+|accept-(?:invalid|unsafe)[\w-]+|checkcache|prefer-last-server|h1-[\w-]+|disable-h2-upgrade)$/;
const httpRule =
  /^(?:http-(?:request|response|after-response)(?: |$)|(?:cookie|compression|redirect|monitor-uri|http-reuse)$)/;
const ofRequest =
  /^!?(?:path|pathq|url|url32|urlp|url_param|base|base32|hdr|shdr|cook|scook|req\.(?:f?hdr|cook|ver|body)|res\.(?:f?hdr|cook|ver|body)|method|query|status|http_(?:auth|first_req)|capture\.req)(?:_[a-z]+)?(?:\(|$)/;
