import * as v from "valibot";

import { parseAddress, parsePrefix, unusableReason } from "../net/address.ts";
import { isDNSName, isEndpointProblem, parseEndpoint } from "../net/endpoint.ts";
import { factMarkerPrefix } from "../plan/plan.ts";
import { parseDuration } from "./duration.ts";

/** What a schema check says when it fails; carried through valibot's message as JSON. */
export interface Complaint {
  readonly rule: string;
  readonly message: string;
  readonly remedy: string;
}

/** Any text without control characters or our own markers: the base of every string key. */
export const plainText = () =>
  v.pipe(
    v.string(),
    check(
      (text) => !/[\p{Cc}\p{Cs}\u2028\u2029\ufffe\uffff]/u.test(text),
      "control-character",
      "has a line break or another control character",
      "write it on one line",
    ),
    check((text) => text.length <= 4096, "too-long", "is longer than 4096 characters", "shorten it"),
    check(
      (text) => !text.includes(factMarkerPrefix),
      "reserved-text",
      `contains ${factMarkerPrefix}, which marks places to fill in`,
      "choose another text",
    ),
  );

/** One of a few words. */
export const oneOf = <const Options extends readonly string[]>(options: Options) => v.picklist(options);

/** A DNS name as kubeadm wants node names to be. */
export const nodeName = () =>
  v.pipe(
    plainText(),
    check(
      isDNSName,
      "node-name",
      "is no RFC 1123 subdomain, which Kubernetes wants of a node's name",
      "use lower-case letters, digits, hyphens and dots",
    ),
  );

/** An address that a machine can have. */
export const nodeAddress = () =>
  v.pipe(
    plainText(),
    check(
      (text) => parseAddress(text) !== undefined,
      "address",
      "is not an IP address",
      "write an IPv4 address such as 192.168.10.11 or an IPv6 address such as fd00::11",
    ),
    usableAddress(),
  );

/** An IPv4 address, which is also the form of a BGP router id. */
export const ipv4Address = () =>
  v.pipe(
    plainText(),
    check(
      (text) => parseAddress(text)?.family === 4,
      "address",
      "is not an IPv4 address",
      "write an IPv4 address such as 192.168.10.11; a BGP router id has this form even without IPv4",
    ),
  );

/** Number of a BGP autonomous system. */
export const autonomousSystem = () => integer(1, 4_294_967_295);

/** A path from the root of the node's file system, of plain words. */
export const absolutePath = () =>
  v.pipe(
    plainText(),
    check(
      (text) => /^(\/(?!\.{1,2}(\/|$))[A-Za-z0-9._@+-]+)+$/.test(text),
      "absolute-path",
      "is no plain absolute path",
      "write it from the root, without spaces, .. or a slash at its end, such as /etc/kubernetes/manifests",
    ),
  );

/** An address, with /LENGTH if its network is to be checked. */
export const virtualAddress = () =>
  v.pipe(
    plainText(),
    check(
      (text) => (parsePrefix(text)?.address ?? parseAddress(text)) !== undefined,
      "address",
      "is not an IP address",
      "write an address such as 192.168.10.100, or 192.168.10.100/24 to have its network checked",
    ),
    usableAddress(),
  );

/** HOST or HOST:PORT as kubeadm's controlPlaneEndpoint. */
export const endpoint = () =>
  v.pipe(
    plainText(),
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed) return;
      const result = parseEndpoint(dataset.value);
      if (isEndpointProblem(result))
        addIssue({
          message: complain({ rule: "endpoint", message: result.problem, remedy: result.hint }),
        });
    }),
  );

/** Go duration. */
export const duration = () =>
  v.pipe(
    plainText(),
    check(
      (text) => parseDuration(text) !== undefined,
      "duration",
      "is not a duration of whole milliseconds up to 24 days",
      "write a Go duration such as 300ms, 5s or 4h",
    ),
  );

/** Whole number in a range. */
export const integer = (minimum: number, maximum: number) =>
  v.pipe(
    v.number(),
    check(
      (value) => Number.isInteger(value) && value >= minimum && value <= maximum,
      "range",
      `is not a whole number from ${minimum} to ${maximum}`,
      `write a whole number from ${minimum} to ${maximum}`,
    ),
  );

/** A TCP port that needs no special right. */
export const port = () => integer(1, 65_535);

/** Linux network interface. */
export const interfaceName = () =>
  v.pipe(
    plainText(),
    check(
      (text) => /^(?!\.{1,2}$)[A-Za-z0-9._@-]{1,15}$/.test(text),
      "interface-name",
      "is no name of a network interface",
      "write the name that `ip link` shows, such as eth0 (at most 15 letters, digits, dots, hyphens)",
    ),
  );

/** A name or address for a certificate. */
export const subjectAlternativeName = () =>
  v.pipe(
    plainText(),
    check(
      (text) => parseAddress(text) !== undefined || isDNSName(text.replace(/^\*\./, "")),
      "san",
      "is neither an IP address nor a DNS name",
      "write an address, a name, or *.NAME in lower case",
    ),
  );

/** A name that DNS has an address for, and kubeadm takes as the endpoint's host. */
export const hostName = () =>
  v.pipe(
    plainText(),
    check(
      (text) => {
        const endpoint = parseEndpoint(text);
        return !isEndpointProblem(endpoint) && endpoint.host === text && parseAddress(text) === undefined;
      },
      "host-name",
      "is no DNS name",
      "write a name in lower case, such as api.example.com",
    ),
  );

/** Name of an environment variable. */
export const environmentName = () =>
  v.pipe(
    v.string(),
    check(
      // The last three are names that valibot drops from every map without a word.
      (text) => /^(?!(?:__proto__|prototype|constructor)$)[A-Za-z_][A-Za-z0-9_]{0,127}$/.test(text),
      "environment-name",
      "is no name of an environment variable",
      "use letters, digits and underscores",
    ),
  );

/** HOST:PORT or :PORT to listen on, or empty for nowhere. */
export const listenAddress = () =>
  v.pipe(
    plainText(),
    check(
      isListenAddress,
      "listen-address",
      "is no HOST:PORT to listen on",
      "write :PORT, ADDRESS:PORT, or an empty text to switch it off",
    ),
  );

/** Decodes what a failed check said; a type error of valibot itself has its own words. */
export function readComplaint(message: string): Complaint | undefined {
  if (!message.startsWith('{"rule":')) return undefined;
  const { rule, message: text, remedy } = JSON.parse(message) as Complaint;
  return { rule, message: text, remedy };
}

/** A check whose failure is told as a complaint. */
export function check<Value>(
  test: (value: Value) => boolean,
  ...[rule, message, remedy]: readonly [rule: string, message: string, remedy: string]
) {
  return v.check<Value, string>(test, complain({ rule, message, remedy }));
}

function usableAddress() {
  return v.rawCheck<string>(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const address = parsePrefix(dataset.value)?.address ?? parseAddress(dataset.value);
    const reason = address === undefined ? undefined : unusableReason(address);
    if (reason !== undefined)
      addIssue({
        message: complain({
          rule: "address",
          message: reason,
          remedy: "write an address that one machine of the network can have",
        }),
      });
  });
}

function complain(complaint: Complaint): string {
  return JSON.stringify({
    rule: complaint.rule,
    message: complaint.message,
    remedy: complaint.remedy,
  });
}

function isListenAddress(text: string): boolean {
  const [, host = "", port = ""] = /^(?:\[?([\d.A-Fa-f:]*?)\]?)?:(\d{1,5})$/.exec(text) ?? [];
  const bracketed = text.startsWith("[");
  const known = host === "" ? !bracketed : parseAddress(host)?.family === (bracketed ? 6 : 4);
  return text === "" || (known && Number(port) >= 1 && Number(port) <= 65_535);
}
