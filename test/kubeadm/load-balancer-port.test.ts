import { expect, test } from "vitest";

import type { FlagValues } from "../../src/config/flags.ts";
import { resolveConfiguration } from "../../src/config/resolve.ts";
import { b4 } from "./spec.ts";

type Row = readonly [written: string | undefined, document: string | undefined, flag: string | undefined, port: number];

test.each<Row>([
  [undefined, undefined, undefined, 8443],
  [undefined, "api.example.com:9999", undefined, 9999],
  [undefined, "api.example.com", undefined, 8443],
  [undefined, "https://api.example.com:9999", undefined, 8443],
  ["api.example.com:9999", undefined, undefined, 9999],
  ["api.example.com:9999", "api.example.com:9999", undefined, 9999],
  ["api.example.com:7777", "api.example.com:9999", "api.example.com:5555", 5555],
  [undefined, "api.example.com:9999", "api.example.com:5555", 5555],
  [undefined, "api.example.com:9999", "api.example.com", 8443],
])("endpoint %s, in ClusterConfiguration %s, as flag %s: the load balancer listens on %i", (...row) => {
  const [written, document, flag, port] = row;
  const more = written === undefined ? "" : `controlPlaneEndpoint: ${written}\n`;
  const flags: FlagValues = {
    stack: "keepalived-haproxy",
    kubernetesVersion: "v1.36.3",
    vip: "10.0.0.10",
    interface: "eth0",
    node: ["cp1=10.0.0.11", "cp2=10.0.0.12", "cp3=10.0.0.13"],
    ...(flag !== undefined && { controlPlaneEndpoint: flag }),
  };
  const { spec, findings } = resolveConfiguration({
    file: { name: "ha.yaml", text: `apiVersion: kubeadm-ha.io/v1alpha1\nkind: HAConfiguration\n${more}` },
    kubeadmFile: {
      name: "kubeadm.yaml",
      text: document === undefined ? "" : b4("ClusterConfiguration", `controlPlaneEndpoint: ${document}`),
    },
    flags,
  });
  expect([spec?.loadBalancer.port, spec?.endpoint.port, findings]).toEqual([port, port, []]);
});
