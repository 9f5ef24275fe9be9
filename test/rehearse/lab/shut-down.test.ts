import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import type { LabProgram } from "../../../src/rehearse/lab/lab.ts";
import { shutDown } from "../../../src/rehearse/lab/shut-down.ts";
import type { SceneNode } from "../../../src/rehearse/scene.ts";

/** What was signalled, in order; a program goes on for some milliseconds. */
function machine(units: readonly string[], balancer: "haproxy" | "nginx" = "haproxy") {
  const log: string[] = [];
  const program = (name: string): LabProgram => {
    let isRunning = true;
    return {
      start: async () => {},
      signal: (signal) => {
        log.push(`${name} ${signal}`);
        setTimeout(() => {
          isRunning = false;
          log.push(`${name} has ended`);
        }, 30);
      },
      running: () => isRunning,
      superviseAfter: () => {},
    };
  };
  const directory = "manifests/keepalived-haproxy-systemd/v1.34/cp1";
  const files = units.map((unit) => {
    const path = `/etc/systemd/system/kubeadm-ha-${unit}.service`;
    return { path, mode: 0o644, text: readFileSync(directory + path, "utf8") };
  });
  const programs = [balancer, "keepalived" as const].map((kind) => ({ kind, config: "", manifest: undefined }));
  const node: SceneNode = { name: "cp1", interface: "eth0", addresses: [], files, programs };
  const names = ["keepalived", "balancer", "redirect", "api-server"] as const;
  return { log, node, programs: Object.fromEntries(names.map((name) => [name, program(name)])) };
}

test("with units of ours the address has left before the balancer ends, which drains", async () => {
  const { log, node, programs } = machine(["keepalived", "haproxy"]);
  await shutDown(node, programs);
  expect(log).toEqual([
    "api-server SIGTERM",
    "keepalived SIGTERM",
    "redirect SIGTERM",
    "api-server has ended",
    "keepalived has ended",
    "redirect has ended",
    "balancer SIGUSR1",
  ]);
});

test.each([
  ["haproxy", "SIGTERM"],
  ["nginx", "SIGQUIT"],
] as const)("without them all is told to end at once, %s by %s", async (balancer, signal) => {
  const { log, node, programs } = machine([], balancer);
  await shutDown(node, programs);
  expect(log).toEqual(["api-server SIGTERM", "keepalived SIGTERM", "redirect SIGTERM", `balancer ${signal}`]);
});
