import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { builtProgram, root } from "../support/built.ts";
import { createSpace, mustRun, type Result, run, type Space } from "./lab/space.ts";
import { mountDebian13 } from "./support/debian.ts";
import { bootingDebian, requireSystem } from "./support/programs.ts";

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

    const own = async (): Promise<string> =>
      mustRun(space, ["sh", "-c", "cd /mnt/root && find etc -path '*kubeadm-ha*' -type f | sort | xargs sha256sum"]);
    const upgrade = (version: string): Promise<Result> =>
      run(space, ["sh", "-ec", makeLater + installLater, bootingDebian(), version, laterLine(version)], {
        limitSeconds: 120,
      });

    it("have the same files, and dpkg nothing to ask, after prepare and after reset", async () => {
      const before = await files();
      expect(await questions()).toBe("");
      const out = await tool("prepare", ...prepareFlags(name));
      expect(out).toContain('Writing "/etc/systemd/system/kubeadm-ha-keepalived.service"');
      expect(await files()).toBe(before);
      expect(await questions()).toBe("");
      const added = await mustRun(space, ["sh", "-c", `cd /mnt/root && find etc/systemd -name 'kubeadm-ha*'`]);
      expect(added).not.toBe("");
      await tool("reset", "--force");
      expect(await files()).toBe(before);
      expect(await mustRun(space, ["find", "/mnt/root/etc", "-name", "*kubeadm-ha*"])).toBe("");
    });

    it("are upgraded while our files are there, without a question", async () => {
      await tool("prepare", ...prepareFlags(name));
      const ownFiles = await own();
      expect(ownFiles).toContain("etc/systemd/system/kubeadm-ha-keepalived.service");
      const { status, stdout, stderr } = await upgrade("1");
      expect(stdout + stderr).not.toContain("Configuration file");
      expect(status, stdout + stderr).toBe(0);
      expect(await mustRun(space, ["cat", "/mnt/root/etc/haproxy/haproxy.cfg"])).toContain(laterLine("1"));
      expect(await own()).toBe(ownFiles);
    });

    it("are asked about when one of their files is changed: the tests can fail", async () => {
      await mustRun(space, ["sh", "-c", "echo >> /mnt/root/etc/haproxy/haproxy.cfg"]);
      expect(await questions()).toContain("/etc/haproxy/haproxy.cfg");
      const { status, stderr } = await upgrade("2");
      expect(status).not.toBe(0);
      expect(stderr).toContain("conffile prompt");
    });
  },
);

function prepareFlags(example: string): readonly string[] {
  const node = example.startsWith("seeds") ? "master1" : example === "load-balancer-pair" ? "lb1" : "cp1";
  const flags = {
    config: `${root}/manifests/${example}/ha.yaml`,
    "node-name": node,
    interface: "eth0",
    "ignore-preflight-errors": "all",
  };
  return Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, value]);
}

function laterLine(version: string): string {
  return `# of a later version, ${version}`;
}

// The packages of the same release with a later version, every configuration file of which has changed.
const makeLater = `
rm -rf /mnt/root/tmp/later
mkdir -p /mnt/root/tmp/later
for package in "$0"/var/cache/apt/archives/*.deb; do
  tree=/mnt/root/tmp/later/tree
  rm -rf "$tree"
  dpkg-deb --raw-extract "$package" "$tree"
  sed -i "s/^Version: .*/&+later$1/" "$tree/DEBIAN/control"
  while read -r file; do
    case $file in /*) printf '%s\\n' "$2" >>"$tree$file" ;; esac
  done <"$tree/DEBIAN/conffiles"
  dpkg-deb -Znone --build "$tree" "/mnt/root/tmp/later/$(basename "$package")"
done
rm -rf /mnt/root/tmp/later/tree
`;

// Nobody is there to answer, and no frontend is told so.
const installLater = `
printf '#!/bin/sh\\nexit 101\\n' >/mnt/root/usr/sbin/policy-rc.d
chmod 755 /mnt/root/usr/sbin/policy-rc.d
unset DEBIAN_FRONTEND
exec chroot /mnt/root sh -c 'exec dpkg --force-unsafe-io --install /tmp/later/*.deb <&-'
`;

const ours = "kubeadm-ha\\|^etc/kubernetes/";
