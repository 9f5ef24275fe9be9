import { join } from "node:path";

import { collectFiles } from "../../src/host/collect-files.ts";
import { type MadeScene, makeScene } from "../../src/rehearse/scene/make-scene.ts";
import { root } from "../support/built.ts";

/** The scene of a directory of the checkout. */
export function sceneOf(directory: string, endpoint?: string): MadeScene {
  return makeScene({ name: directory, files: collectFiles([join(root, directory)]).files, endpoint });
}

/** The scene of files that exist only here. */
export function sceneOfTexts(texts: Readonly<Record<string, string>>, endpoint?: string): MadeScene {
  const files = Object.entries(texts).map(([file, text]) => ({ file, text }));
  return makeScene({ name: "here", files, endpoint });
}

/** keepalived.conf of one node of a virtual IP. */
export const keepalived = (state: string, priority: number, more = ""): string => `vrrp_instance VI_1 {
    state ${state}
    interface ens3
    virtual_router_id 7
    priority ${priority}
    ${more}
    virtual_ipaddress {
        192.0.2.100/24
    }
}
`;

/** haproxy.cfg that listens everywhere. */
export const haproxy = (port: number, servers: readonly string[]): string => `defaults
    mode tcp
    timeout connect 1s
    timeout client 1m
    timeout server 1m
frontend kube-apiserver
    bind *:${port}
    default_backend kube-apiserver
backend kube-apiserver
${servers.map((server) => `    server ${server} check\n`).join("")}`;

export const servers = ["cp1 192.0.2.11:6443", "cp2 192.0.2.12:6443", "cp3 192.0.2.13:6443"];

/** Two nodes with keepalived and haproxy before three API servers. */
export const pair = {
  "cp1/keepalived.conf": keepalived("MASTER", 110),
  "cp1/haproxy.cfg": haproxy(8443, servers),
  "cp2/keepalived.conf": keepalived("BACKUP", 100),
  "cp2/haproxy.cfg": haproxy(8443, servers),
};
