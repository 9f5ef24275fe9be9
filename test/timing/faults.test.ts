import { describe, expect, test } from "vitest";

import { besideServers } from "../../src/timing/beside-servers.ts";
import { faultNames } from "../../src/timing/fault-names.ts";
import type { FaultName } from "../../src/timing/fault-names.ts";
import type { Prediction } from "../../src/timing/fault.ts";
import type { ClusterTiming } from "../../src/timing/cluster-timing.ts";
import { faults } from "../../src/timing/faults/index.ts";
import { timedCluster } from "../../src/timing/timed-cluster.ts";
import { changed, filesBelow, timingOf } from "./files.ts";

const ours = "manifests/keepalived-haproxy/v1.34";

function predict(cluster: ClusterTiming, fault: FaultName): Prediction {
  return faults[fault].predict(cluster);
}

describe("every fault", () => {
  test.each(faultNames)("%s is documented under its own name", (name) => {
    const { title, summary } = faults[name];
    expect(faults[name].name).toBe(name);
    expect(title.length).toBeLessThanOrEqual(40);
    expect(summary.split(/\.(?: |$)/).filter((sentence) => sentence !== "")).toHaveLength(2);
  });

  const trees = [
    ...["doc", "s0", "s2", "s3", "s4", "kubeasz", "openshift", "kubespray"].map(
      (name) => `test/fixtures/seeds/${name}`,
    ),
    ...[
      "keepalived-haproxy",
      "keepalived",
      "kube-vip",
      "kube-vip-haproxy",
      "five-nodes",
      "dual-stack",
      "ipv6-only",
    ].map((name) => `manifests/${name}/v1.34`),
  ];

  test.each(trees)("of %s has ordered spans and a setting with its place", (tree) => {
    const cluster = timingOf(tree);
    for (const name of faultNames) {
      const { newConnections, established, dominatedBy } = predict(cluster, name);
      for (const { best, typical, worst } of [newConnections, established]) {
        expect(best, `${tree} ${name}`).toBeGreaterThanOrEqual(0);
        expect(typical, `${tree} ${name}`).toBeGreaterThanOrEqual(best);
        expect(worst, `${tree} ${name}`).toBeGreaterThanOrEqual(typical);
      }
      expect(dominatedBy).not.toContain("undefined");
    }
  });
});

describe("one change in a file", () => {
  test("a shorter advert_int shortens a cut by three of it", () => {
    const before = predict(timingOf(ours), "holder-cut");
    const after = predict(changed(ours, [["advert_int 0.3", "advert_int 0.1"]]), "holder-cut");
    expect(before.newConnections.typical - after.newConnections.typical).toBeCloseTo(2.5 * 0.2 + 0.028, 2);
    expect(before.dominatedBy).toMatch(
      /^advert_int 0\.3 s × down_timer_adverts 3 \(cp1\/\S+\/keepalived\.conf:52, 53\)$/,
    );
    expect(before.shorten).toContain("advert_int 0.1");
    expect(after.shorten).toBeUndefined();
  });

  test("version 2 sends whole seconds", () => {
    const cluster = changed(ours, [["    version 3\n", "    version 2\n"]]);
    expect(predict(cluster, "holder-cut").newConnections.worst).toBeGreaterThan(3);
    expect(predict(cluster, "holder-cut").shorten).toContain("version 3");
  });

  test("without the check a dead balancer keeps the virtual IP", () => {
    const cluster = changed(ours, [[/ {4}track_script \{\n {8}load_balancer\n {4}\}\n/g, ""]]);
    const { newConnections, shorten, notes } = predict(cluster, "balancer-killed");
    expect(newConnections.best).toBe(Infinity);
    expect(shorten).toContain("vrrp_script");
    expect(notes.join()).toContain("Not protected");
    expect(predict(cluster, "balancer-restarted").newConnections.worst).toBeLessThan(3);
  });

  test("a weight under nopreempt moves nothing", () => {
    const cluster = changed(ours, [[/(rise 1\n[^}]*)weight 0/g, "$1weight -50"]]);
    const { newConnections, dominatedBy } = predict(cluster, "balancer-killed");
    expect(newConnections.best).toBe(Infinity);
    expect(dominatedBy).toMatch(/^the weight of load_balancer/);
  });

  test("without redispatch refused connections fail until the check has noticed", () => {
    const cluster = changed(ours, [["    option redispatch 1\n", ""]]);
    expect(predict(timingOf(ours), "api-server-killed").newConnections.worst).toBeLessThan(0.2);
    expect(predict(cluster, "api-server-killed").newConnections.worst).toBe(1);
    expect(predict(cluster, "api-server-killed").shorten).toContain("option redispatch");
  });

  test("a check of /livez with etcd in it cuts every watch in an election", () => {
    const cluster = changed(ours, [["/livez?exclude=etcd", "/livez"]]);
    expect(predict(timingOf(ours), "etcd-election-failing").established.worst).toBe(0);
    expect(predict(cluster, "etcd-election-failing").established.worst).toBeGreaterThan(0);
  });

  test("a slow check of /readyz is to be made faster, and nobody is told to ask for it", () => {
    const cluster = changed(ours, [["inter 1s fastinter 250ms fall 1 rise 2", "inter 5s fall 3"]]);
    expect(predict(cluster, "api-server-drained").shorten).toContain("a shorter inter and a smaller fall");
    const other = changed(ours, [["uri /readyz ver", "uri /livez ver"]]);
    expect(predict(other, "api-server-drained").shorten).toContain("a check that asks for /readyz");
  });

  test("without transparent a stopped keepalived leaves watches hanging", () => {
    const cluster = changed(ours, [[" transparent\n", "\n"]]);
    expect(predict(timingOf(ours), "keepalived-stopped").established.worst).toBeLessThan(1);
    expect(predict(cluster, "keepalived-stopped").established.best).toBe(5);
  });

  test("backups of one priority take over together, and clients may follow the wrong one for a while", () => {
    const cluster = changed(ours, [[/priority (190|220)/g, "priority 200"]]);
    const worst = predict(timingOf(ours), "holder-cut").newConnections.worst;
    expect(predict(cluster, "holder-cut").newConnections.worst).toBeGreaterThan(worst + 0.9);
    expect(cluster.notes.join()).toContain("cp2 (priority 200) and cp3 (200) take over at the same moment");
    expect(timingOf(ours).notes).toEqual([]);
  });

  test("a short tunnel cuts an idle stream", () => {
    const cluster = changed(ours, [["timeout tunnel 4h", "timeout tunnel 1m"]]);
    expect(predict(cluster, "idle-stream").notes.join()).toContain("cut after 60 s");
    expect(predict(cluster, "idle-stream").dominatedBy).toMatch(/^timeout tunnel 60 s \(cp1\/\S+haproxy\.cfg:\d+\)$/);
  });
});

describe("a balancer that listens on the virtual IP itself", () => {
  const bound = (more: readonly { readonly file: string; readonly text: string }[]): string => {
    const files = filesBelow("test/fixtures/seeds/s0").map(({ file, text }) => ({
      file,
      text: text.replace(/bind +\S+:16443/, "bind 192.168.31.230:16443"),
    }));
    return timedCluster({ name: "s0", files: [...files, ...more], endpoint: undefined }).notes.join("\n");
  };
  const settings = ["master1", "master2", "master3"].map((node) => ({
    file: `${node}/etc/sysctl.d/haproxy.conf`,
    text: "net.ipv4.ip_nonlocal_bind = 1\n",
  }));

  test("is said to start only where that is, unless the kernel is told to let it", () => {
    expect(bound([])).toMatch(
      /Not protected, unless net\.ipv4\.ip_nonlocal_bind is 1: haproxy listens on the virtual IP 192\.168\.31\.230 \(master1\/\S+haproxy\.cfg:\d+, master2/,
    );
    expect(bound(settings.slice(1))).not.toContain("master2");
    expect(bound(settings)).not.toContain("nonlocal_bind");
  });
});

describe("established connections", () => {
  test("whose attempt meets no virtual IP wait for the kernel to repeat it", () => {
    const slow = changed(ours, [[/priority (?:220|190)/g, "priority 100"]]);
    const { newConnections, established } = predict(slow, "balancer-killed");
    expect(predict(timingOf(ours), "balancer-killed").established.typical).toBeLessThan(1);
    expect(established.typical).toBeGreaterThan(1);
    expect(newConnections.typical).toBeLessThan(1);
  });

  test("of a machine without power wait for the client's own ping", () => {
    expect(predict(timingOf(ours), "holder-power-loss").established.best).toBe(5);
  });

  test("through a keepalived that takes its address away wait for what TCP repeats", () => {
    const slow = changed(ours, [["advert_int 0.3", "advert_int 1"]]);
    expect(predict(slow, "keepalived-restarted").established.typical).toBeCloseTo(3.1, 0);
    expect(predict(slow, "keepalived-restarted").newConnections.typical).toBeLessThan(2);
  });

  test("of two nodes that do not see each other may be reset at once by the other holder", () => {
    expect(predict(timingOf(ours), "peers-cut").established.best).toBe(0);
  });
});

describe("a pair of balancers on machines of their own", () => {
  const pair = timingOf("manifests/load-balancer-pair/v1.34");

  test("loses no API server with one of them", () => {
    expect(predict(pair, "other-node-cut")).toMatchObject({
      newConnections: { worst: 0.1 },
      established: { worst: 0 },
    });
    const [own, beside] = [predict(pair, "holder-power-loss"), predict(timingOf(ours), "holder-power-loss")];
    expect(own.notes).toEqual([]);
    expect(beside.notes).not.toEqual([]);
  });

  test("is seen by addresses, and balancers beside API servers are not one", () => {
    expect([pair.balancer === undefined, besideServers(pair)]).toEqual([false, undefined]);
    for (const tree of [
      ours,
      "manifests/keepalived-nginx/v1.34",
      "manifests/kube-vip-haproxy/v1.34",
      "test/fixtures/seeds/s2",
    ])
      expect(besideServers(timingOf(tree)), tree).toBeDefined();
  });
});

describe("without a balancer", () => {
  test("keepalived's check of the API server decides", () => {
    const { newConnections, dominatedBy } = predict(timingOf("manifests/keepalived/v1.34"), "api-server-killed");
    expect(newConnections.best).toBeGreaterThan(2);
    expect(newConnections.worst).toBeLessThan(3.5);
    expect(dominatedBy).toMatch(/^interval 1 s × fall 3/);
  });

  test("an endpoint past the balancer is seen, and said", () => {
    const cluster = timingOf("test/fixtures/seeds/s4");
    expect(cluster.notes.join()).toContain("past the nginx on port 16443");
    expect(predict(cluster, "api-server-killed").newConnections.best).toBe(Infinity);
  });
});

describe("kube-vip", () => {
  const cluster = timingOf("manifests/kube-vip/v1.34");

  test("a lost holder costs its lease", () => {
    const { newConnections, dominatedBy } = predict(cluster, "holder-power-loss");
    expect(newConnections.best).toBeCloseTo(9);
    expect(newConnections.worst).toBeCloseTo(14.57);
    expect(dominatedBy).toMatch(/vip_leaseduration 10 s \(cp1\/\S+kube-vip\.yaml:\d+\)/);
  });

  test("what it does not protect from is said", () => {
    expect(predict(cluster, "api-server-hung").notes.join()).toContain("vip_renewdeadline (7 s)");
    expect(predict(cluster, "etcd-election-failing").notes.join()).toContain("no node has the virtual IP");
    const balanced = timingOf("manifests/kube-vip-haproxy/v1.34");
    expect(predict(balanced, "balancer-killed").newConnections.best).toBe(Infinity);
    expect(predict(balanced, "balancer-killed").notes.join()).toContain("Not protected");
    expect(cluster.notes.join()).toContain("keeps lease and address");
    for (const cut of ["holder-cut", "holder-cut-silently"] as const)
      expect(predict(cluster, cut).notes.join()).toContain("when it is connected again");
  });

  test("two nodes that do not reach each other cost nothing, unless etcd's leader is the other one", () => {
    const { newConnections, established, notes } = predict(cluster, "peers-cut");
    expect([newConnections.typical, established.typical]).toEqual([0, 0]);
    expect(newConnections.worst).toBe(predict(cluster, "holder-power-loss").newConnections.worst - 0.17);
    expect(notes.join()).toContain("etcd's leader");
  });
});
