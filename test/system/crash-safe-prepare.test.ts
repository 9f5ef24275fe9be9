import { chownSync, chmodSync, mkdirSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { beforeAll, describe, expect, it } from "vitest";

import { temporaryDirectory } from "../support/temporary.ts";
import { buildCrashAt, crashAt } from "./crash/crash.ts";
import { type CrashCase, expectCrashSafe } from "./support/crash-safety.ts";
import { type Form, mustRunCommand, type Preparation, program, script } from "./support/preparing.ts";
import { requireSystem } from "./support/programs.ts";
import { reset } from "./support/reset.ts";
import { contentOf, without } from "./support/tree.ts";

beforeAll(() => {
  requireSystem();
  buildCrashAt();
});

interface Start {
  readonly name: string;
  readonly preparation: Preparation;
  readonly options: readonly string[];
  readonly of: (form: Form) => Pick<CrashCase, "start" | "check" | "otherwise">;
}

const kubeVip: Preparation = { file: example("kube-vip"), node: "cp1" };
const founder: Preparation = { file: example("kube-vip"), node: "cp1", changes: ["--kubernetes-version", "v1.34.10"] };
const older: Preparation = { ...founder, changes: ["--kubernetes-version", "v1.31.14"] };
const tuned: Preparation = { file: example("keepalived-haproxy"), node: "cp1" };

const empty: Start = {
  name: "an empty root",
  preparation: kubeVip,
  options: ["--init"],
  of: () => ({
    start: () => {},
    // No machine is without /run, and reset leaves it.
    otherwise: {
      argv: (root) => reset(root, "--force"),
      check: (found) => expect(without(found, (place) => place === "/run")).toEqual({}),
    },
  }),
};

const joiner: Start = {
  name: "an empty root with a join file",
  preparation: { ...kubeVip, node: "cp2" },
  options: ["--join"],
  of: () => ({
    start: (root) => {
      mkdirSync(path.join(root, "run/kubeadm-ha"), { recursive: true, mode: 0o700 });
      writeFileSync(path.join(root, joinFile), joinCommand, { mode: 0o600 });
    },
    check: (found, { after }) => {
      if (found[joinFile] === undefined) expect(found[kubeadmYaml]).toBe(after[kubeadmYaml]);
      expect(contentOf(after[kubeadmYaml] ?? "")).toContain("abcdef.0123456789abcdef");
    },
  }),
};

const olderVersion: Start = {
  name: "an older version",
  preparation: founder,
  options: ["--init"],
  of: (form) => ({
    start: (root) => prepare(older, root, ["--init"]),
    check: (_, { before, after }) => {
      expect([before["/etc/kubeadm-ha/hosts"], after["/etc/kubeadm-ha/hosts"]]).toEqual([expect.anything(), undefined]);
    },
    otherwise: {
      argv: (root) => [...form.command(older), "--rootfs", root, "--init"],
      check: (found, { before }) => expect(found).toEqual(before),
    },
  }),
};

const otherConfiguration: Start = {
  name: "another configuration, with files of somebody else",
  preparation: tuned,
  options: ["--init", "--adopt"],
  of: () => ({
    start: async (root) => {
      await prepare({ ...tuned, changes: ["--failover", "conservative"] }, root, ["--init", "--skip-phases", "host"]);
      for (const file of [foreign, changed]) {
        mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
        writeFileSync(path.join(root, file), `not from us: ${file}\n`);
        chmodSync(path.join(root, file), 0o640);
        chownSync(path.join(root, file), 1000, 1000);
        utimesSync(path.join(root, file), 1e9, 1e9);
      }
    },
    check: (found, { before }) => {
      for (const file of [foreign, changed])
        expect([found[file], found[`/etc/kubeadm-ha/adopted${file}`]]).toContain(before[file]);
    },
    otherwise: {
      argv: (root) => reset(root, "--force"),
      check: (found, { before }) => expect(found[foreign]).toBe(before[foreign]),
    },
  }),
};

const killed = (name: string, share: number): Start => ({
  ...empty,
  name,
  of: (form) => ({
    start: async (root) => {
      const argv = [...form.command(empty.preparation), "--rootfs", root, ...empty.options];
      const sample = temporaryDirectory();
      const whole = argv.map((word) => (word === root ? sample : word));
      const { steps } = await crashAt({ step: 0, argv: whole, env: form.env, below: [sample] });
      await crashAt({ step: Math.round(steps * share), argv, env: form.env, below: [root] });
    },
    check: (_, { before, after }) => {
      expect(Object.keys(before).some((place) => place.endsWith(".new"))).toBe(true);
      expect(Object.keys(after).some((place) => place.endsWith(".new"))).toBe(false);
    },
  }),
});
const killedStaging = killed("the dot-files of a killed run", 0.5);
const killedPlacing = killed("the renames of a killed run", 0.8);

describe("killed at any step, and run again:", () => {
  it.each([empty, joiner, olderVersion, otherConfiguration])("kubeadm-ha prepare, from $name", async (start) => {
    await expectSafe(program, start);
  });

  it.each([empty, joiner, olderVersion, otherConfiguration])("the node script in dash, from $name", async (start) => {
    await expectSafe(script(["dash"], temporaryDirectory()), start);
  });

  it.each([killedStaging, killedPlacing])("kubeadm-ha prepare, from $name", async (start) => {
    await expectSafe(program, start);
  });

  it.each([killedStaging, killedPlacing])("the node script in dash, from $name", async (start) => {
    await expectSafe(script(["dash"], temporaryDirectory()), start, (step) => step % 2 === 0);
  });

  it("the node script in busybox sh, from an older version", async () => {
    await expectSafe(script(["busybox", "sh"], temporaryDirectory()), olderVersion, (step) => step % 3 === 0);
  });

  it("the node script in bash --posix, from an empty root with a join file", async () => {
    await expectSafe(script(["bash", "--posix"], temporaryDirectory()), joiner, (step) => step % 3 === 1);
  });
});

async function expectSafe(form: Form, start: Start, kills?: (step: number) => boolean): Promise<void> {
  const { preparation, options } = start;
  const begin = performance.now();
  const { steps } = await expectCrashSafe({
    ...start.of(form),
    env: form.env,
    argv: (root) => [...form.command(preparation), "--rootfs", root, ...options],
    settled: ({ stdout }) => expect(stdout).not.toMatch(/\] (Writing|Removing)/),
    ...(kills && { kills }),
  });
  process.stdout.write(
    `${form.name} from ${start.name}: N=${steps}, ${((performance.now() - begin) / 1000).toFixed(1)} s\n`,
  );
}

async function prepare(preparation: Preparation, root: string, options: readonly string[]): Promise<void> {
  await mustRunCommand([...program.command(preparation), "--rootfs", root, ...options]);
}

function example(name: string): string {
  return fileURLToPath(new URL(`../../manifests/${name}/ha.yaml`, import.meta.url));
}

const joinFile = "/run/kubeadm-ha/join";
const kubeadmYaml = "/etc/kubeadm-ha/kubeadm.yaml";
const foreign = "/etc/tmpfiles.d/kubeadm-ha.conf";
const changed = "/etc/kubeadm-ha/haproxy/haproxy.cfg";
const joinCommand = `kubeadm join 192.168.10.100:6443 --token abcdef.0123456789abcdef --discovery-token-ca-cert-hash sha256:${"0123456789abcdef".repeat(4)} --control-plane --certificate-key ${"fedcba9876543210".repeat(4)}\n`;
