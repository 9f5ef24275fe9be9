import { describe, expect, test } from "vitest";

import { pair, sceneOfTexts } from "./scenes.ts";

describe("forwarding", () => {
  test("is on where kubeadm demands it", () => {
    const { scene } = sceneOfTexts(pair);
    expect(scene.nodes.map(({ sysctls }) => sysctls?.["net/ipv4/ip_forward"])).toEqual(["1", "1", "1"]);
  });

  test.each([
    ["ens3", "ens3"],
    ["*", "ens3"],
    ["all", "all"],
  ])("of %s is what the files say", (written, place) => {
    const file = "cp1/etc/sysctl.d/90-kubeadm-ha.conf";
    const { scene } = sceneOfTexts({ ...pair, [file]: `net/ipv4/conf/${written}/forwarding = 0\n` });
    expect(scene.nodes[0]?.sysctls).toMatchObject({ [`net/ipv4/conf/${place}/forwarding`]: "0" });
    expect(scene.nodes[1]?.sysctls).not.toHaveProperty(`net/ipv4/conf/${place}/forwarding`);
  });

  test("of an interface that the rehearsal has not is left out", () => {
    const { scene } = sceneOfTexts({ ...pair, "cp1/etc/sysctl.d/90.conf": "net.ipv4.conf.eth1.forwarding = 1\n" });
    expect(scene.nodes[0]?.sysctls).toEqual({ "net/ipv4/ip_forward": "1" });
  });
});
