import { parseAddress } from "../../net/address.ts";
import type { Rule } from "../rule.ts";
import { refuseIf } from "./refuse.ts";

/** A line of /etc/hosts has a name and an address. */
export const hostsEntry: Rule = {
  id: "hosts-entry",
  summary: "hosts: true goes with a name in controlPlaneEndpoint and the addresses of a virtual IP.",
  reason: "/etc/hosts gives a name an address: without either there is nothing to write",
  check: ({ hosts, endpoint, virtualIP }) => {
    if (!hosts) return [];
    if (virtualIP.addresses.length === 0)
      return refuseIf(true, "hosts", [
        "has no address to write: there is no virtual IP of ours whose address is known",
        "remove the key, and let DNS know the endpoint's name",
      ]);
    return refuseIf(parseAddress(endpoint.host) !== undefined, "hosts", [
      `has no name to write: the endpoint is ${endpoint.host}`,
      "remove the key, or write a name as controlPlaneEndpoint, such as api.example.com",
    ]);
  },
};
