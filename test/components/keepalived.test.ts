import { describe, expect, it } from "vitest";

import { vrrpPriority } from "../../src/components/keepalived/config.ts";
import type { ClusterSpec } from "../../src/config/spec.ts";
import { address, cluster, controlPlane } from "./cluster.ts";
import { fileText, nodeFiles, podOf } from "./files.ts";

const config = (spec: ClusterSpec = cluster()) => fileText(spec, "keepalived.conf");
const block = (head: string, spec?: ClusterSpec) =>
  new RegExp(`^ *${head} \\{\\n([^}]*)\\}`, "m")
    .exec(config(spec))?.[1]
    ?.trim()
    .split(/\s*\n\s*/);
const virtualIP = (...addresses: readonly string[]) =>
  ({ provider: "keepalived", addresses: addresses.map(address), networks: [] }) as const;
const dual = [1, 2, 3].map((number) =>
  controlPlane(`cp${number}`, number - 1, [`192.168.10.1${number}`, `fd00::1${number}`]),
);
const alone = cluster({ loadBalancer: { provider: "none", port: 6443, healthPort: 8405 } });

describe("keepalived.conf", () => {
  it("elects by priority among equals and never gives the VIP back", () => {
    expect(config()).toMatch(/state BACKUP\n +nopreempt\n/);
    expect(config()).not.toMatch(/MASTER|weight -?[1-9]|preempt_delay|auth_/);
    expect([0, 1, 2, 8, 9].map(vrrpPriority)).toEqual([250, 220, 190, 10, 10]);
  });

  it("speaks VRRPv3 to its peers only", () => {
    expect(config()).toMatch(/^ +version 3$/m);
    expect(config()).toContain("advert_int 0.3\n");
    expect(config()).toContain("unicast_src_ip 192.168.10.11\n");
    expect(block("unicast_peer")).toEqual(["192.168.10.12", "192.168.10.13"]);
    expect(config()).toMatch(/^ +check_unicast_src$/m);
    expect(config()).toMatch(/^ +track_src_ip$/m);
  });

  it("speaks to everybody where multicast is asked for", () => {
    const text = config(cluster({ keepalived: { ...cluster().keepalived, multicast: true } }));
    expect(text).toContain("mcast_src_ip 192.168.10.11\n");
    expect(text).not.toMatch(/^ *[^#\n]*unicast_/m);
  });

  it("signs its adverts with a key that stays in its file", () => {
    const hmacKeyFile = "/etc/kubeadm-ha/keepalived/vrrp.key";
    const spec = cluster({ keepalived: { ...cluster().keepalived, hmacKeyFile } });
    expect(block("auth_hmac", spec)).toEqual([`key 1 file:${hmacKeyFile}`, "active_key 1"]);
  });

  it("has no unicast keyword on a single node, which keepalived would complain of", () => {
    const text = config(cluster({ nodes: [controlPlane("cp1", 0, ["192.168.10.11"])] }));
    expect(text).toContain("mcast_src_ip 192.168.10.11");
    expect(text).not.toMatch(/^ *[^#\n]*unicast_/m);
  });

  it("votes in the family of the first VIP and moves the other along", () => {
    const spec = cluster({ nodes: dual, virtualIP: virtualIP("fd00::10", "192.168.10.100") });
    expect(block("virtual_ipaddress", spec)).toEqual(["fd00::10/128 dev eth0"]);
    expect(block("virtual_ipaddress_excluded", spec)).toEqual(["192.168.10.100/32 dev eth0"]);
    expect(block("unicast_peer", spec)).toEqual(["fd00::12", "fd00::13"]);
  });

  it("marks the interface that only the node knows", () => {
    const spec = cluster({ nodes: dual.map((node) => ({ ...node, interface: undefined })) });
    const file = nodeFiles(spec).find(({ path }) => path.endsWith("keepalived.conf"));
    expect(file?.variants.init?.needs).toEqual(["interface"]);
  });

  it("fails over on the first failed check of the balancer, and on the drain flag", () => {
    expect(block("vrrp_script load_balancer")).toEqual(
      expect.arrayContaining(["interval 1", "timeout 3", "fall 1", "rise 1", "weight 0", "init_fail"]),
    );
    expect(block("track_file drain")).toEqual(expect.arrayContaining(['file "/run/kubeadm-ha/drain"', "weight 0"]));
  });

  it("watches the API server itself where no balancer is in front, and more patiently", () => {
    expect(block("vrrp_script api_server", alone)).toEqual(expect.arrayContaining(["timeout 3", "fall 3"]));
    expect(fileText(alone, "check-api-server.sh")).toContain(
      "--cacert /etc/kubernetes/pki/ca.crt --resolve kubernetes:6443:127.0.0.1 https://kubernetes:6443/livez",
    );
  });

  it("asks for real-time scheduling only if told to", () => {
    expect(config()).not.toContain("vrrp_rt_priority");
    expect(config(cluster({ keepalived: { ...cluster().keepalived, realtimePriority: 50 } }))).toMatch(
      /vrrp_rt_priority 50\n +vrrp_rlimit_rttime 100000/,
    );
  });
});

describe("forwarding", () => {
  const ofBalancers = (changes: Partial<ClusterSpec> = {}) => {
    const nodes = [1, 2].map((number) => ({
      ...controlPlane(`lb${number}`, number - 1, [`192.168.10.2${number}`]),
      role: "load-balancer" as const,
    }));
    return nodeFiles(cluster({ nodes: [...cluster().nodes, ...nodes], ...changes }), nodes[0]);
  };
  const path = "/etc/sysctl.d/90-kubeadm-ha.conf";
  const settings = (files: ReturnType<typeof ofBalancers>) => files.find((file) => file.path === path)?.variants.init;

  it("is on at machines of the balancer's own, on the virtual IP's interface only", () => {
    const files = ofBalancers();
    expect(settings(files)?.text).toMatch(/^net\/ipv4\/conf\/eth0\/forwarding = 1$/m);
    const unit = files.find((file) => file.path.endsWith("kubeadm-ha-keepalived.service"))?.variants.init?.text;
    expect(unit).toContain(`ExecStartPre=-+/usr/sbin/sysctl --quiet --load=${path}\n`);
  });

  it("is kubeadm's business on nodes of a cluster", () => {
    expect(nodeFiles(cluster()).map((file) => file.path)).not.toContain(path);
  });

  it("stays off for IPv6, where it would cost the machine a route that it learned", () => {
    expect(settings(ofBalancers({ virtualIP: virtualIP("fd00::10") }))).toBeUndefined();
  });
});

describe("check-load-balancer.sh", () => {
  it("knows the holder without iproute2", () => {
    expect(fileText(cluster(), "check-load-balancer.sh")).toContain("grep -qwF '192.168.10.100' /proc/net/fib_trie");
    const script = fileText(cluster({ nodes: dual, virtualIP: virtualIP("fd00::10") }), "check-load-balancer.sh");
    expect(script).toContain("grep -q '^fd000000000000000000000000000010 ' /proc/net/if_inet6");
  });

  it.each([
    [1000, 0.166, 0.5],
    [3000, 0.5, 0.9],
    [10_000, 0.5, 0.9],
  ])("ends by itself before keepalived's limit of %d ms", (checkTimeout, answer, hold) => {
    const script = fileText(
      cluster({ keepalived: { ...cluster().keepalived, checkTimeout } }),
      "check-load-balancer.sh",
    );
    expect(script).toContain(`| connection ${answer})`);
    expect(script).toContain(`if connection ${hold} <&3`);
    expect(2 * answer + hold).toBeLessThan(checkTimeout / 1000);
  });
});

describe("keepalived's pod", () => {
  it("keeps SETGID, without which a failing check counts as success", () => {
    expect(podOf(cluster(), "keepalived").spec?.containers[0]?.securityContext?.capabilities).toEqual({
      add: ["NET_ADMIN", "NET_RAW", "SETGID"],
      drop: ["ALL"],
    });
  });

  it("removes the pid files of a container that crashed", () => {
    const command = podOf(cluster(), "keepalived").spec?.containers[0]?.command?.at(-1) ?? "";
    const [, parent, child] = /^rm -f (\S+) (\S+); exec keepalived /.exec(command) ?? [];
    expect(command).toContain(`--pid=${parent} --vrrp_pid=${child}`);
  });

  it("has no liveness probe and sees the drain flag", () => {
    const pod = podOf(cluster(), "keepalived").spec;
    expect(pod?.containers[0]?.livenessProbe).toBeUndefined();
    expect(pod?.volumes).toContainEqual({
      name: "run-kubeadm-ha",
      hostPath: { path: "/run/kubeadm-ha", type: "DirectoryOrCreate" },
    });
    expect(fileText(cluster(), "/etc/tmpfiles.d/kubeadm-ha.conf")).toMatch(/^d \/run\/kubeadm-ha 0700 root root -$/m);
  });

  it("gets the cluster's certificate only to check the API server", () => {
    const names = (spec: ClusterSpec) => podOf(spec, "keepalived").spec?.volumes?.map(({ name }) => name);
    expect(names(cluster())).not.toContain("ca");
    expect(names(alone)).toContain("ca");
  });
});
