import type { Pair } from "../pair.ts";
import { otherNodes, soundKeepalived, soundWith } from "./sound.ts";

type Change = readonly [from: string, to: string];

const file = "etc/keepalived/keepalived.conf";

/** The sound file against the same with one change. */
function pair(rule: string, at: string, change: Change): Pair {
  return { rule, file, at, bad: soundWith(change), good: soundKeepalived };
}

/** As `pair`, where both texts have further changes. */
function within(common: readonly Change[], { rule, at, change }: { rule: string; at: string; change: Change }): Pair {
  return { rule, file, at, bad: soundWith(...common, change), good: soundWith(...common) };
}

const named: Change = ["/usr/local/bin/check-lb", "/etc/keepalived/check-lb.sh"];
const check = (body: string) => ({ path: "etc/keepalived/check-lb.sh", text: `#!/bin/sh\n${body}\n`, mode: 0o755 });

const cp1 = `cp1/${file}`;
const weighted: readonly Change[] = [
  ["    nopreempt\n", ""],
  ["weight 0", "weight -30"],
];

export const pairs: readonly Pair[] = [
  pair("KA01", "15:1", ["        chk_lb\n", ""]),
  pair("KA01", "33:9", ["        chk_lb\n", "        chk_haproxy\n"]),
  within([["/usr/local/bin/check-lb 8405", "/usr/local/bin/ask haproxy"]], {
    rule: "KA02",
    at: "8:12",
    change: ["/usr/local/bin/ask", "/usr/bin/pidof"],
  }),
  within([["/usr/local/bin/check-lb 8405", "/bin/sh -c 'ask | grep haproxy'"]], {
    rule: "KA02",
    at: "8:12",
    change: ["'ask", "'ps"],
  }),
  {
    rule: "KA02",
    file: "etc/keepalived/check-lb.sh",
    at: "3:5",
    bad: "#!/bin/sh\n# haproxy?\nif ! killall -0 haproxy; then exit 1; fi\n".replace("if ! ", "if  "),
    good: "#!/bin/sh\n# haproxy?\nif  asks -0 haproxy; then exit 1; fi\n",
    others: [{ path: file, text: soundWith(named) }],
  },
  {
    rule: "KA03",
    file: cp1,
    at: "13:12",
    bad: soundWith(...weighted, ["weight -30", "weight -20"]),
    good: soundWith(...weighted),
    others: otherNodes(...weighted),
  },
  within(
    [
      ["    nopreempt\n", ""],
      ["weight 0", "weight 4"],
    ],
    { rule: "KA03", at: "13:12", change: ["weight 4", "weight 5"] },
  ),
  within(weighted, { rule: "KA03", at: "20:14", change: ["priority 250", "priority 255"] }),
  pair("KA04", "17:5", ["weight 0", "weight -20"]),
  within([["nopreempt", "preempt_delay 60"]], { rule: "KA05", at: "17:5", change: ["weight 0", "weight -20"] }),
  pair("KA06", "11:10", ["fall 2", "fall 12"]),
  pair("KA06", "22:16", ["advert_int 1", "advert_int 4"]),
  {
    rule: "KA07",
    file,
    at: "10:13",
    bad: soundWith(named),
    good: soundWith(named, ["timeout 2", "timeout 3"]),
    others: [check("exec curl -fsS -o /dev/null --max-time 2 http://127.0.0.1:8405/livez")],
  },
  {
    rule: "KA08",
    file: "etc/keepalived/check-lb.sh",
    at: "2:55",
    bad: "#!/bin/sh\ncurl -fsS --max-time 1 http://127.0.0.1:8405/livez || systemctl restart haproxy\n",
    good: "#!/bin/sh\ncurl -fsS --max-time 1 http://127.0.0.1:8405/livez || systemctl is-failed haproxy\n",
    others: [{ path: file, text: soundWith(named) }],
  },
  pair("KA09", "8:12", ["/usr/local/bin/check-lb", "check-lb"]),
  {
    ...within([named], { rule: "KA09", at: "8:12", change: ["keepalived/check-lb.sh", "keepalived/check-haproxy.sh"] }),
    others: [check("exit 0")],
  },
  pair("KA10", "1:1", ["    enable_script_security\n", ""]),
  pair("KA10", "1:1", ["    script_user root\n", "    enable_dbus root\n"]),
  pair("KA11", "16:11", ["BACKUP", "MASTER"]),
  pair("KA11", "16:11", ["BACKUP", "SLAVE"]),
  {
    rule: "KA12",
    file: cp1,
    at: "21:14",
    bad: soundWith(["priority 250", "priority 239"]),
    good: soundKeepalived,
    others: otherNodes(),
  },
  pair("KA12", "21:14", ["priority 250", "priority 256"]),
  pair("KA13", "20:23", ["virtual_router_id 61", "virtual_router_id 51"]),
  pair("KA13", "20:23", ["virtual_router_id 61", "virtual_router_id 256"]),
  within([["    unicast_peer {\n        192.0.2.12\n        192.0.2.13\n    }", "    unicast_peer { 192.0.2.12 }"]], {
    rule: "KA14",
    at: "15:1",
    change: ["unicast_peer", "# unicast_peer"],
  }),
  pair("KA15", "26:9", ["        192.0.2.12", "        192.0.2.11"]),
  pair("KA15", "26:9", ["        192.0.2.12", "        192.0.2.10"]),
  pair("KA15", "15:1", ["    check_unicast_src\n", ""]),
  within([["    nopreempt\n", "    nopreempt\n    # authentication { auth_type PASS }\n"]], {
    rule: "KA16",
    at: "18:32",
    change: ["# authentication", "authentication"],
  }),
  pair("KA17", "22:16", ["advert_int 1", "advert_int 3"]),
  within([["version 3", "version 2"]], { rule: "KA17", at: "22:16", change: ["advert_int 1", "advert_int 0.5"] }),
  pair("KA18", "17:5", ["    nopreempt\n", "    dont_track_primary\n    nopreempt\n"]),
  pair("KA19", "5:5", ["    vrrp_garp", "    vrrp_strict\n    vrrp_garp"]),
  pair("KA20", "30:9", ["192.0.2.10/32", "192.0.2.12/32"]),
  pair("KA20", "30:9", ["192.0.2.10/32", "192.0.2.10/24"]),
  pair("KA20", "31:9", ["192.0.2.10/32", "192.0.2.10/32\n        2001:db8::10/128"]),
  {
    ...pair("KA20", "30:9", ["192.0.2.10/32", "10.96.0.10/32"]),
    others: [
      {
        path: "etc/kubeadm-ha/kubeadm.yaml",
        text: "apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\nnetworking:\n  serviceSubnet: 10.96.0.0/12\n",
      },
    ],
  },
  within(
    [
      [
        "vrrp_instance",
        "virtual_server 192.0.2.10 8443 {\n    lb_kind DR\n    real_server 192.0.2.12 6443 {\n    }\n}\nvrrp_instance",
      ],
    ],
    {
      rule: "KA21",
      at: "15:1",
      change: ["lb_kind DR", "lb_kind NAT"],
    },
  ),
  pair("KA22", "1:1", ["    vrrp_garp_master_refresh 60\n", "    vrrp_garp_master_repeat 60\n"]),
  pair("KA23", "21:5", ["priority 250", "prioritty 250"]),
  pair("KA23", "3:5", ["script_user", "advert_int"]),
  pair("KA23", "18:15", ["interface eth0", "interface ${INTERFACE}"]),
  pair("KA23", "18:15", ["interface eth0", "interface **eth0**"]),
];
