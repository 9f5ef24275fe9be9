import { existsSync } from "node:fs";
import path from "node:path";

import { root } from "../../support/built.ts";
import { type Machine, programs, startMachine } from "./machine.ts";
import { createNetwork } from "./network.ts";
import { type Tree, treeOf } from "../support/tree.ts";
import { mustRun, type Space, write } from "./space.ts";

/** A server with kubeadm-ha on it, alone in its network: eth0 has 192.168.10.11/24 and fd00:10::11/64. */
export interface Host extends Machine {
  /** Puts a program of this machine, which the lab hides, into the host's PATH. */
  install(program: keyof typeof hidden): void;
  /** Puts a shell script into the host's PATH. */
  script(name: string, lines: string): void;
  /** Everything where kubeadm-ha and kubeadm write, with times. */
  tree(): Tree;
  /** Takes programs away again. */
  uninstall(...names: readonly string[]): Promise<void>;
}

/** Starts one with the program as it is built now. */
export async function startHost(): Promise<Host> {
  const network = await createNetwork();
  try {
    const machine = await startMachine(network, {
      name: "cp1",
      address: "192.168.10.11",
      names: {},
      programs: { node: process.execPath, checkout: root, ...hidden },
    });
    const { space } = machine;
    const script = (name: string, lines: string): void =>
      write(space, { path: `/usr/local/bin/${name}`, text: `#!/bin/sh\n${lines}\n`, mode: 0o755 });
    // A copy, since a build elsewhere replaces the directory.
    await mustRun(space, ["cp", "-r", `${programs}/checkout/dist`, `${programs}/kubeadm-ha`]);
    await mustRun(space, ["ip", "addr", "add", "fd00:10::11/64", "dev", "eth0", "nodad"]);
    script("kubeadm-ha", `exec ${programs}/node ${programs}/kubeadm-ha/kubeadm-ha.cjs "$@"`);
    return {
      ...machine,
      script,
      install: (program) => script(program, `exec ${programs}/${program} "$@"`),
      tree: () => Object.assign({}, ...places.map((place) => below(space, place))) as Tree,
      uninstall: async (...names) =>
        void (await mustRun(space, ["rm", "-f", ...names.map((name) => `/usr/local/bin/${name}`)])),
      stop: async () => {
        await machine.stop();
        await network.stop();
      },
    };
  } catch (error) {
    await network.stop();
    throw error;
  }
}

const places = ["/etc/kubeadm-ha", "/etc/kubernetes", "/etc/tmpfiles.d", "/run/kubeadm-ha"];

function below({ pid }: Space, place: string): Tree {
  const inside = `/proc/${pid}/root${place}`;
  if (!existsSync(inside)) return {};
  return Object.fromEntries(
    Object.entries(treeOf(inside, { times: true })).map(([name, entry]) => [place + name, entry]),
  );
}

const hidden = {
  haproxy: "/usr/sbin/haproxy",
  nginx: "/usr/sbin/nginx",
  keepalived: "/usr/sbin/keepalived",
} as const;

/** Where the host sees a file of the checkout. */
export function inCheckout(file: string): string {
  return path.join(programs, "checkout", file);
}
