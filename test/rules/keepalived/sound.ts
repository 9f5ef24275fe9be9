/** A keepalived.conf of three nodes that no rule objects to. */
export const soundKeepalived = `global_defs {
    router_id cp1
    script_user root
    enable_script_security
    vrrp_garp_master_refresh 60
}
vrrp_script chk_lb {
    script "/usr/local/bin/check-lb 8405"
    interval 1
    timeout 2
    fall 2
    rise 2
    weight 0
}
vrrp_instance kube_api {
    state BACKUP
    nopreempt
    interface eth0
    version 3
    virtual_router_id 61
    priority 250
    advert_int 1
    check_unicast_src
    unicast_src_ip 192.0.2.11
    unicast_peer {
        192.0.2.12
        192.0.2.13
    }
    virtual_ipaddress {
        192.0.2.10/32
    }
    track_script {
        chk_lb
    }
}
`;

/** The sound file with other words in place of some. */
export function soundWith(...changes: readonly (readonly [from: string, to: string])[]): string {
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`no ${from} in the text`);
    return text.replace(from, to);
  }, soundKeepalived);
}

/** The same for the other two nodes, as further files of a tree. */
export function otherNodes(
  ...changes: readonly (readonly [from: string, to: string])[]
): readonly { readonly path: string; readonly text: string }[] {
  const own = (node: number): readonly (readonly [string, string])[] => [
    ["router_id cp1", `router_id cp${node}`],
    ["priority 250", `priority ${270 - node * 10 - 10}`],
    [
      "        192.0.2.12\n        192.0.2.13\n",
      node === 2 ? "        192.0.2.11\n        192.0.2.13\n" : "        192.0.2.11\n        192.0.2.12\n",
    ],
    ["unicast_src_ip 192.0.2.11", `unicast_src_ip 192.0.2.1${node}`],
  ];
  return [2, 3].map((node) => ({
    path: `cp${node}/etc/keepalived/keepalived.conf`,
    text: soundWith(...own(node), ...changes),
  }));
}
