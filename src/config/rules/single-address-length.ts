import type { Rule } from "../rule.ts";
import { refuseIf } from "./refuse.ts";

/** /32 is one address of IPv4, and a quarter of IPv6's length. */
export const singleAddressLength: Rule = {
  id: "single-address-length",
  summary: "An IPv6 virtual IP is not written with /32.",
  reason: "it is the mask of one IPv4 address; with it a node would take 2^96 addresses for its neighbours",
  check: ({ virtualIP }) =>
    virtualIP.networks.flatMap(({ address, length }) =>
      refuseIf(
        address.family === 6 && length === 32,
        `virtualIP.addresses[${virtualIP.addresses.findIndex(({ text }) => text === address.text)}]`,
        [
          `${address.text}/32 is no network of IPv6 that a segment has`,
          "write the network's length, such as /64, or leave it out: /128 is what is configured",
        ],
      ),
    ),
};
