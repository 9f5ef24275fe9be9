import { expect, test } from "vitest";

import { readNftables } from "../../src/readers/nftables.ts";

test.each([
  ["ip daddr 192.0.2.10 tcp dport 6443 dnat to :8443", [[6443, 8443]]],
  ["  tcp dport 6443 redirect to :16443 # the balancer", [[6443, 16443]]],
  ["ip6 daddr fd00::10 tcp dport 6443 counter dnat ip6 to [fd00::10]:8443", [[6443, 8443]]],
  ["# tcp dport 6443 redirect to :16443", []],
  ["tcp dport 6443 accept", []],
  ["udp dport 53 redirect to :5353", []],
  ["tcp dport 6443 dnat to 192.0.2.10", []],
] as const)("%s", (line, ports) => {
  const { model, problems } = readNftables({ file: "r.nft", text: `table ip nat {\n${line}\n}\n` });
  expect(problems).toEqual([]);
  expect(model.map(({ from, to }) => [from, to])).toEqual(ports);
  for (const { position } of model) expect(position).toMatchObject({ file: "r.nft", line: 2 });
});
