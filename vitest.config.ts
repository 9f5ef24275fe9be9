import { readFileSync } from "node:fs";

import { defineConfig } from "vitest/config";

const { version } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8")) as { version: string };

// Many small processes, hostile input and random files: minutes.
const thorough = [
  "test/hostile/*.test.ts",
  "test/node/*.test.ts",
  "test/probe/*.test.ts",
  "test/checks/agree.test.ts",
  "test/**/*-fuzz.test.ts",
];

// Daemons that wait for each other's silence: other tests beside them would be noise.
const lab = [
  "idle-stream",
  "lab-teardown",
  "stale-neighbour",
  "pods-work",
  "redirect",
  "rehearse-*",
  "reset-virtual-ip",
  "virtual-ip-works",
].map((name) => `test/system/${name}.test.ts`);

// What clients lose is counted in these.
const counted = ["kube-vip", "keepalived-haproxy"].map((name) => `test/cluster/${name}.test.ts`);

const built = { globalSetup: ["test/support/build-program.ts"] };

export default defineConfig({
  define: { __VERSION__: JSON.stringify(version) },
  test: {
    // One process a core; by default a core stays idle.
    maxWorkers: "100%",
    projects: [
      // Seconds, no root, no other program.
      {
        extends: true,
        test: {
          ...built,
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/system/**", "test/cluster/**", ...thorough],
          // No bar: a machine may be slow.
          testTimeout: 30_000,
        },
      },
      { extends: true, test: { ...built, name: "thorough", include: thorough, testTimeout: 60_000 } },
      // Real programs, root, network namespaces: scripts/test.
      {
        extends: true,
        test: {
          ...built,
          name: "system",
          include: ["test/system/**/*.test.ts"],
          exclude: lab,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        extends: true,
        test: {
          ...built,
          name: "lab",
          include: lab,
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      // Real kubeadm clusters: scripts/test cluster.
      {
        extends: true,
        test: {
          ...built,
          name: "cluster-short",
          include: counted,
          // A neighbour that founds a cluster would take its time from clients.
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 1_800_000,
        },
      },
      {
        extends: true,
        test: {
          ...built,
          name: "cluster",
          include: ["test/cluster/**/*.test.ts"],
          exclude: counted,
          testTimeout: 600_000,
          hookTimeout: 1_800_000,
        },
      },
    ],
  },
});
