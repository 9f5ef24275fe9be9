import { readFileSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { join } from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { linesOf } from "../support/io.ts";
import { treeOf } from "../system/support/tree.ts";
import { booted } from "./support/booted.ts";
import { example, examples } from "./support/clusters.ts";
import { newDirectory } from "./support/directory.ts";
import { installed, packagePrograms, programDirectory, withoutOtherPrograms } from "./support/programs.ts";

// User data founds no cluster where there may be one.

const kubeVip = example("kube-vip");

/** What a listener at the endpoint does with a connection, and whether that is a cluster. */
const listeners: readonly (readonly [string, (socket: Socket) => void, boolean])[] = [
  ["hangs", () => {}, true],
  ["closes, as a balancer without servers does,", (socket) => socket.end(), false],
  ["resets", (socket) => socket.resetAndDestroy(), false],
];

test.each(listeners.flatMap(([name, act, is]) => ["curl", "bash"].map((tool) => [name, tool, { act, is }] as const)))(
  "what %s connections at the endpoint, asked with %s",
  async (_, tool, { act, is }) => {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket.on("error", () => {}));
      act(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    const machine = booted(kubeVip, kubeVip.nodes.founder);
    const outcome = await machine.run("dash", `${askingAt(tool, port)}:${withoutCurl()}`, withoutOtherPrograms);
    const refusal = "https://192.168.10.100:6443 takes connections, but does not answer";
    expect(outcome).toMatchObject(is ? { code: 1, err: expect.stringContaining(refusal) } : { code: 0 });
    expect(Object.keys(treeOf(machine.root)).includes("/etc/kubeadm-ha/kubeadm.yaml")).toBe(!is);
  },
);

test.each(examples.map((cluster) => [cluster.name, cluster] as const))(
  "%s: nobody at the endpoint costs a boot no more than two seconds",
  async (_, cluster) => {
    const directory = newDirectory();
    const curl =
      '#!/bin/sh\nwhile [ "${1#-kvsm}" = "$1" ]; do shift; done\necho "${1#-kvsm}" >>"${0%/*}/seconds"\nexit 28\n';
    writeFileSync(join(directory, "curl"), curl, { mode: 0o755 });
    const machine = booted(cluster, cluster.nodes.founder);
    const outcome = await machine.run("dash", `${directory}:${process.env["PATH"] ?? ""}`);
    expect(outcome).toMatchObject({ code: 0 });
    const seconds = linesOf(readFileSync(join(directory, "seconds"), "utf8")).map(Number);
    expect(seconds.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(1.5);
    expect(seconds.every((each) => each > 0.2)).toBe(true);
  },
);

/** A directory for PATH with the real program, which finds the endpoint at this port of this machine. */
function askingAt(tool: string, port: number): string {
  const directory = newDirectory();
  const { path } = installed(tool);
  const text =
    tool === "curl"
      ? `exec ${path} --connect-to ::127.0.0.1:${port} "$@"`
      : `exec ${path} -c "$(printf '%s' "$2" | sed 's|192.168.10.100/6443|127.0.0.1/${port}|')"`;
  writeFileSync(join(directory, tool), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  return directory;
}

/** The programs that the script uses, without curl. */
function withoutCurl(): string {
  return programDirectory([...packagePrograms(), ...["sed", "grep"].map((name) => installed(name))]);
}
