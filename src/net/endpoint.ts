import { parseAddress } from "./address.ts";

/** A host (an IP address in canonical text or a DNS name, never bracketed) and a port if one was written. */
export interface Endpoint {
  readonly host: string;
  readonly port?: number;
}

/** Why a text is not an endpoint, and what its author probably meant. */
export interface EndpointProblem {
  readonly problem: string;
  readonly hint: string;
}

/**
 * Reads HOST or HOST:PORT as kubeadm's ParseHostPort does, but refuses what kubeadm accepts and
 * misreads: `fd00::10:6443` is taken for an address there.
 * https://github.com/kubernetes/kubernetes/blob/master/cmd/kubeadm/app/util/endpoint.go
 */
export function parseEndpoint(text: string): Endpoint | EndpointProblem {
  if (/^[a-z]+:\/\//i.test(text)) {
    return { problem: "has a scheme", hint: `write ${text.replace(/^[a-z]+:\/\//i, "").replace(/\/.*$/, "")}` };
  }
  const bracketedForm = /^\[([^\]]*)\](?::(.*))?$/.exec(text);
  if (bracketedForm !== null) return fromBrackets(bracketedForm[1] ?? "", bracketedForm[2]);
  const colons = text.split(":").length - 1;
  if (colons >= 2) return fromBareIPv6(text);
  const [host = "", portText] = text.split(":");
  const canonical = parseHost(host);
  if (canonical === undefined)
    return { problem: hostProblem(host), hint: "write an IP address or a DNS name in lower case, then :PORT" };
  return withPort(canonical, portText);
}

/** Whether `name` is an RFC 1123 subdomain, which is what kubeadm asks of host names. */
export function isDNSName(name: string): boolean {
  return name.length <= 253 && name.split(".").every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label));
}

/** Whether the result of `parseEndpoint` is a problem. */
export function isEndpointProblem(result: Endpoint | EndpointProblem): result is EndpointProblem {
  return "problem" in result;
}

function fromBrackets(inside: string, portText: string | undefined): Endpoint | EndpointProblem {
  const address = parseAddress(inside);
  if (address?.family !== 6)
    return { problem: "has brackets around something that is no IPv6 address", hint: "write [IPv6]:PORT" };
  if (portText === undefined) {
    return {
      problem: "has brackets but no port, which kubeadm refuses",
      hint: `write [${address.text}]:6443 or ${address.text}`,
    };
  }
  return withPort(address.text, portText);
}

function fromBareIPv6(text: string): Endpoint | EndpointProblem {
  const cut = text.lastIndexOf(":");
  const last = text.slice(cut + 1);
  const rest = parseAddress(text.slice(0, cut));
  const whole = parseAddress(text);
  // A last group of four or five decimal digits after a complete address is a port that lost its brackets.
  if (rest?.family === 6 && /^\d{4,5}$/.test(last)) {
    return {
      problem: `would be read as the IPv6 address ${whole?.text ?? text}`,
      hint: `write [${rest.text}]:${last}`,
    };
  }
  if (whole?.family === 6) return { host: whole.text };
  return {
    problem: "is neither an address nor a DNS name",
    hint: "write an IPv6 address with a port as [ADDRESS]:PORT",
  };
}

function withPort(host: string, portText: string | undefined): Endpoint | EndpointProblem {
  if (portText === undefined) return { host };
  const port = Number(portText);
  if (!/^\d{1,5}$/.test(portText) || port < 1 || port > 65_535) {
    return { problem: `has the port "${portText}"`, hint: "write a port from 1 to 65535" };
  }
  return { host, port };
}

function parseHost(host: string): string | undefined {
  const address = parseAddress(host);
  if (address !== undefined) return address.text;
  // Four decimal groups that are no address are a mistyped address, not a DNS name.
  return isDNSName(host) && !/^[\d.]+$/.test(host) ? host : undefined;
}

function hostProblem(host: string): string {
  if (host === "") return "has no host";
  return `has the host "${host}", which is neither an IP address nor a DNS name of lower-case letters, digits, hyphens and dots`;
}
