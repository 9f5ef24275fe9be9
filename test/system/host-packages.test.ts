import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { builtProgram, root } from "../support/built.ts";
import { createSpace, mustRun, run, type Space } from "./lab/space.ts";
import { mountDebian13 } from "./support/debian.ts";
import { requireSystem } from "./support/programs.ts";

beforeAll(requireSystem);

const packages = ["keepalived", "haproxy", "nginx-common", "libnginx-mod-stream"];

// dpkg asks about a configuration file that is no longer what it unpacked, and about no other.
describe.each(["keepalived-haproxy-systemd", "seeds/S0", "load-balancer-pair"])(
  "Debian's packages beside %s",
  (name) => {
    let space: Space;

    beforeAll(async () => {
      space = await createSpace("cp1");
      const copied = ["kubeadm-ha", "kubernetes"];
      await mustRun(space, ["mkdir", "-p", ...copied.map((directory) => `/etc/${directory}`)]);
      await mountDebian13(space);
      await mustRun(space, ["rm", "-r", ...copied.map((directory) => `/mnt/root/etc/${directory}`)]);
    });
    afterAll(() => space.stop());

    const files = async (): Promise<string> =>
      mustRun(space, [
        "sh",
        "-c",
        `cd /mnt/root && find etc usr/lib/systemd -type f -o -type l | sort | grep -v '${ours}' | xargs -d '\\n' sha256sum 2>&1`,
      ]);
    const questions = async (): Promise<string> =>
      (await run(space, ["dpkg", "--root=/mnt/root", "--verify", ...packages])).stdout
        .split("\n")
        .filter((line) => line.includes(" /etc/"))
        .join("\n");
    const tool = async (...words: readonly string[]): Promise<string> =>
      mustRun(space, [process.execPath, builtProgram, ...words, "--rootfs", "/mnt/root"]);

    it("have the same files, and dpkg nothing to ask, after prepare and after reset", async () => {
      const before = await files();
      expect(await questions()).toBe("");
      const node = name.startsWith("seeds") ? "master1" : name === "load-balancer-pair" ? "lb1" : "cp1";
      const config = `${root}/manifests/${name}/ha.yaml`;
      const out = await tool(
        "prepare",
        "--config",
        config,
        "--node-name",
        node,
        "--interface",
        "eth0",
        "--ignore-preflight-errors",
        "all",
      );
      expect(out).toContain('Writing "/etc/systemd/system/kubeadm-ha-keepalived.service"');
      expect(await files()).toBe(before);
      expect(await questions()).toBe("");
      const added = await mustRun(space, ["sh", "-c", `cd /mnt/root && find etc/systemd -name 'kubeadm-ha*'`]);
      expect(added).not.toBe("");
      await tool("reset", "--force");
      expect(await files()).toBe(before);
      expect(await mustRun(space, ["find", "/mnt/root/etc", "-name", "*kubeadm-ha*"])).toBe("");
    });

    it("are asked about when one of their files is changed: the test can fail", async () => {
      await mustRun(space, ["sh", "-c", "echo >> /mnt/root/etc/haproxy/haproxy.cfg"]);
      expect(await questions()).toContain("/etc/haproxy/haproxy.cfg");
    });
  },
);

const ours = "kubeadm-ha\\|^etc/kubernetes/";
