import { parseAddress } from "../../net/address.ts";
import type { Problem, Rule } from "../rule.ts";
import type { ClusterSpec } from "../spec.ts";

/** The endpoint leads to what we set up. */
export const endpointServed: Rule = {
  id: "endpoint-served",
  summary: "controlPlaneEndpoint names the virtual IP (or a DNS name for it) and the port that is served there.",
  reason:
    "an endpoint with another port bypasses the load balancer, and one with a node's address dies with that node; kubeadm cannot change it later (kubernetes/kubeadm#1955)",
  check: (spec) => {
    const { host, port } = spec.endpoint;
    if (host === "") return spec.virtualIP.provider === "none" ? [missing] : [];
    const behind = spec.loadBalancer.provider === "none" ? "the API server" : "the load balancer";
    const wrongPort: readonly Problem[] =
      port === spec.loadBalancer.port || port === spec.loadBalancer.redirectFrom
        ? []
        : [
            {
              severity: "error",
              path: "controlPlaneEndpoint",
              message: `has port ${port}, but ${behind} listens on ${spec.loadBalancer.port}`,
              remedy: `write port ${spec.loadBalancer.port}, or leave the port out`,
            },
          ];
    return [...wrongPort, ...wrongHost(spec)];
  },
};

// A virtual IP is a default; where there is none, only the user knows.
const missing: Problem = {
  severity: "error",
  path: "controlPlaneEndpoint",
  message: "is missing, and there is no virtual IP that could stand for it",
  remedy: "write the name under which clients reach the API servers, such as api.example.com:6443",
};

function wrongHost(spec: ClusterSpec): readonly Problem[] {
  const { host } = spec.endpoint;
  const lostBrackets = swallowedPort(spec);
  if (lostBrackets !== undefined) return [lostBrackets];
  if (parseAddress(host) === undefined || spec.virtualIP.addresses.some((address) => address.text === host)) return [];
  // With a proxy on every worker the endpoint is for joins and for people.
  const severity = spec.virtualIP.provider === "none" && spec.workerProxy !== undefined ? "warning" : "error";
  const owner = spec.nodes.find((node) => node.addresses.some((address) => address.text === host));
  const path = "controlPlaneEndpoint";
  if (owner !== undefined)
    return [
      {
        severity,
        path,
        message: `${host} is the address of node ${owner.name}`,
        remedy: "leave controlPlaneEndpoint out, or write the virtual IP or a DNS name",
      },
    ];
  if (spec.virtualIP.provider === "none") return [];
  return [
    {
      severity: "warning",
      path,
      message: `${host} is not the virtual IP`,
      remedy: "leave controlPlaneEndpoint out unless something translates this address to the virtual IP",
    },
  ];
}

// kubeadm reads fd00::10:443 as one address; if the rest is ours, the last group was meant as a port.
function swallowedPort(spec: ClusterSpec): Problem | undefined {
  const { host } = spec.endpoint;
  if (!host.includes(":")) return undefined;
  const rest = parseAddress(host.slice(0, host.lastIndexOf(":")))?.text;
  const known = [...spec.virtualIP.addresses, ...spec.nodes.flatMap((node) => node.addresses)];
  if (rest === undefined || !known.some(({ text }) => text === rest)) return undefined;
  const remedy = `write [${rest}]:${host.slice(host.lastIndexOf(":") + 1)}`;
  return {
    severity: "error",
    path: "controlPlaneEndpoint",
    message: `${host} would be read as one IPv6 address`,
    remedy,
  };
}
