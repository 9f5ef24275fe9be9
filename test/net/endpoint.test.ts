import { describe, expect, it } from "vitest";

import { parseEndpoint } from "../../src/net/endpoint.ts";

describe("parseEndpoint", () => {
  it.each([
    ["10.0.0.10:6443", { host: "10.0.0.10", port: 6443 }],
    ["k8s.example.com:6443", { host: "k8s.example.com", port: 6443 }],
    ["10.0.0.10", { host: "10.0.0.10" }],
    ["vip.example.com", { host: "vip.example.com" }],
    ["[fd00::10]:6443", { host: "fd00::10", port: 6443 }],
    ["fd00::10", { host: "fd00::10" }],
    ["FD00:0::10", { host: "fd00::10" }],
  ])("accepts %s", (text, expected) => {
    expect(parseEndpoint(text)).toEqual(expected);
  });

  it.each([
    ["fd00::10:6443", "would be read as the IPv6 address fd00::10:6443", "write [fd00::10]:6443"],
    ["[fd00::10]", "has brackets but no port, which kubeadm refuses", "write [fd00::10]:6443 or fd00::10"],
    ["https://vip.example.com:6443", "has a scheme", "write vip.example.com:6443"],
    [
      "VIP_A:6443",
      'has the host "VIP_A", which is neither an IP address nor a DNS name of lower-case letters, digits, hyphens and dots',
      "write an IP address or a DNS name in lower case, then :PORT",
    ],
    ["vip:0", 'has the port "0"', "write a port from 1 to 65535"],
    ["vip:65536", 'has the port "65536"', "write a port from 1 to 65535"],
    ["vip:abc", 'has the port "abc"', "write a port from 1 to 65535"],
    [":6443", "has no host", "write an IP address or a DNS name in lower case, then :PORT"],
    [
      "010.0.0.10:6443",
      'has the host "010.0.0.10", which is neither an IP address nor a DNS name of lower-case letters, digits, hyphens and dots',
      "write an IP address or a DNS name in lower case, then :PORT",
    ],
  ])("refuses %s", (text, problem, hint) => {
    expect(parseEndpoint(text)).toEqual({ problem, hint });
  });
});
