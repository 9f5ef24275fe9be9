import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { debian13 } from "./programs.ts";
import { mustRunCommand } from "./preparing.ts";

/**
 * The files of a Debian 13 on which haproxy, keepalived and nginx are installed and somebody configured
 * them, as far as they lie where anything of ours is written.
 */
export async function makeDebianRoot(directory: string): Promise<void> {
  mkdirSync(directory, { recursive: true });
  for (const part of ["etc", "run", "usr/lib/tmpfiles.d", "var/lib/haproxy", "var/lib/nginx"]) {
    if (!existsSync(path.join(debian13(), part))) continue;
    mkdirSync(path.join(directory, part, ".."), { recursive: true });
    await mustRunCommand(["cp", "-a", path.join(debian13(), part), path.join(directory, part)]);
  }
  const haproxy = path.join(directory, "etc/haproxy/haproxy.cfg");
  put(haproxy, `${readFileSync(haproxy, "utf8")}${webFrontend}`);
  put(path.join(directory, "etc/nginx/nginx.conf"), nginxConf);
  put(path.join(directory, "etc/nginx/sites-available/intranet"), "server { listen 8081; root /srv/www; }\n");
  put(path.join(directory, "etc/keepalived/keepalived.conf"), keepalivedConf, 0o640);
  chownSync(path.join(directory, "etc/keepalived/keepalived.conf"), 0, 4);
  put(path.join(directory, "etc/sysctl.d/99-kubernetes.conf"), "net.ipv4.ip_forward = 1\n");
  put(path.join(directory, "etc/tmpfiles.d/own.conf"), "d /run/own 0755 root root -\n");
}

/** The same root anew, for one run, into an empty directory. */
export async function copyRoot(from: string, to: string): Promise<void> {
  await mustRunCommand(["cp", "-a", `${from}/.`, to]);
}

/** Writes a file as somebody does who is not us. */
export function put(file: string, text: string, mode = 0o644): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  chmodSync(file, mode);
}

/** What `kubeadm init` leaves on a control-plane node. */
export function initialise(root: string): void {
  for (const name of ["admin.conf", "super-admin.conf", "kubelet.conf", "controller-manager.conf", "scheduler.conf"])
    put(path.join(root, "etc/kubernetes", name), "apiVersion: v1\nkind: Config\n", 0o600);
  for (const name of ["kube-apiserver", "kube-controller-manager", "kube-scheduler", "etcd"])
    put(path.join(root, `etc/kubernetes/manifests/${name}.yaml`), "apiVersion: v1\nkind: Pod\n", 0o600);
  for (const name of ["ca.crt", "ca.key", "etcd/ca.crt"]) put(path.join(root, "etc/kubernetes/pki", name), "PEM\n");
  put(path.join(root, "var/lib/kubelet/config.yaml"), "kind: KubeletConfiguration\n");
  put(path.join(root, "var/lib/etcd/member/snap/db"), "etcd");
}

/** What `kubeadm reset` removes: https://github.com/kubernetes/kubernetes/blob/v1.36.3/cmd/kubeadm/app/cmd/phases/reset/cleanupnode.go */
export async function kubeadmReset(root: string): Promise<void> {
  const emptied = ["etc/kubernetes/manifests", "etc/kubernetes/pki", "var/lib/kubelet", "var/lib/etcd"];
  const places = emptied.map((place) => path.join(root, place));
  await mustRunCommand(["find", ...places, "-mindepth", "1", "-delete"]);
  await mustRunCommand(["find", path.join(root, "etc/kubernetes"), "-maxdepth", "1", "-name", "*.conf", "-delete"]);
}

const webFrontend = `
frontend web
	bind *:80
	default_backend web
backend web
	server web1 192.0.2.10:8080 check
`;

const nginxConf = `user www-data;
worker_processes auto;
pid /run/nginx.pid;
include /etc/nginx/modules-enabled/*.conf;
events { worker_connections 768; }
http {
	include /etc/nginx/mime.types;
	access_log /var/log/nginx/access.log;
	include /etc/nginx/sites-enabled/*;
}
`;

const keepalivedConf = `global_defs {
	router_id office
}
vrrp_instance office {
	state BACKUP
	interface eth1
	virtual_router_id 7
	priority 100
	virtual_ipaddress {
		198.51.100.7/24
	}
}
`;
