import { expect, it } from "vitest";

import { adapt } from "../../../src/rehearse/lab/adapt.ts";
import type { SceneNode } from "../../../src/rehearse/scene.ts";

const config = "/etc/keepalived/keepalived.conf";

it("takes process tracking out, says so and keeps the numbers of the lines", () => {
  const text = [
    "vrrp_track_process balancer {",
    "  process haproxy",
    "}",
    "vrrp_instance a {",
    "  priority 100",
    "  track_process {",
    "    balancer weight 2",
    "  }",
    "  virtual_router_id 7",
    "}",
  ].join("\n");
  const { files, notes } = adapt(node(text));
  expect(files[0]?.text.split("\n")).toEqual([
    "",
    "",
    "",
    "vrrp_instance a {",
    "  priority 100",
    "",
    "",
    "",
    "  virtual_router_id 7",
    "}",
  ]);
  expect(notes).toEqual([
    `cp1: ${config}: track_process is taken out: the kernel reports processes only in a machine's first namespaces`,
  ]);
});

it("says that virtual servers are not rehearsed and leaves them", () => {
  const text = "virtual_server 192.0.2.1 6443 {\n}\n";
  const { files, notes } = adapt(node(text));
  expect(files[0]?.text).toBe(text);
  expect(notes).toEqual([`cp1: ${config}: virtual_server is not rehearsed: only VRRP is`]);
});

it("leaves everything else as it is", () => {
  const text = "# track_process {}\nvrrp_script a {\n  script /bin/true\n}\n";
  expect(adapt(node(text))).toEqual({ files: node(text).files, notes: [] });
});

function node(text: string): SceneNode {
  return {
    name: "cp1",
    interface: "eth0",
    addresses: ["192.0.2.11"],
    files: [
      { path: config, mode: 0o644, text },
      { path: "/etc/other.conf", mode: 0o644, text: "track_process {\n}\n" },
    ],
    programs: [{ kind: "keepalived", config, manifest: undefined }],
  };
}
