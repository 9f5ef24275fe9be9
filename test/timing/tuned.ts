import type { InputFile } from "../../src/readers/read-tree.ts";
import { filesBelow } from "./files.ts";

/**
 * The tuned configuration of the first measurements: VRRPv3 with adverts of 0.1 s, one haproxy check
 * of /readyz that steers and cuts. Its check script held a connection as ours does, so ours stands for it.
 */
export function tunedFiles(): readonly InputFile[] {
  const script = filesBelow("manifests/keepalived-haproxy/v1.34").find(
    ({ file }) => file === "cp1/etc/kubeadm-ha/keepalived/check-load-balancer.sh",
  );
  return [
    ["cp1", 203, 240],
    ["cp2", 34, 200],
    ["cp3", 46, 160],
  ].flatMap(([node, address, priority]) => [
    { file: `${node}/etc/keepalived/keepalived.conf`, text: keepalived(Number(address), Number(priority)) },
    { file: `${node}/etc/keepalived/check-lb.sh`, text: script?.text ?? "" },
    { file: `${node}/etc/haproxy/haproxy.cfg`, text: haproxy },
  ]);
}

function keepalived(address: number, priority: number): string {
  const peers = [203, 34, 46].filter((peer) => peer !== address).map((peer) => `192.168.31.${peer}`);
  return `global_defs {
    vrrp_garp_master_refresh 30
}
vrrp_script lb {
    script "/etc/keepalived/check-lb.sh"
    interval 1
    timeout 3
    fall 1
    rise 1
    weight 0
    init_fail
}
vrrp_instance KUBE_API {
    state BACKUP
    nopreempt
    interface eth0
    version 3
    virtual_router_id 87
    priority ${priority}
    advert_int 0.1
    down_timer_adverts 3
    unicast_src_ip 192.168.31.${address}
    unicast_peer {
        ${peers.join("\n        ")}
    }
    virtual_ipaddress {
        192.168.31.230/32 dev eth0
    }
    track_script {
        lb
    }
}
`;
}

const members = ["cp1 192.168.31.203:6443", "cp2 192.168.31.34:6443", "cp3 192.168.31.46:6443"];

const haproxy = `defaults
    mode tcp
    option redispatch 1
    retries 3
    timeout connect 500ms
    timeout check 500ms
    timeout client 4h
    timeout server 4h
frontend apiserver
    bind 0.0.0.0:8443 transparent
    use_backend apiserver-l4 if { nbsrv(apiserver-ready) lt 1 }
    default_backend apiserver-ready
backend apiserver-ready
    balance roundrobin
    timeout connect 100ms
${members.map((member) => `    server ${member} track probe/${member.slice(0, 3)} on-marked-down shutdown-sessions\n`).join("")}
backend probe
    timeout connect 500ms
    timeout check 500ms
    option httpchk
    http-check send meth GET uri /readyz ver HTTP/1.1 hdr Host kubernetes
    http-check expect status 200
    default-server check check-ssl verify required ca-file /etc/kubernetes/pki/ca.crt check-sni kubernetes inter 500ms fastinter 100ms downinter 500ms fall 2 rise 2
${members.map((member) => `    server ${member}\n`).join("")}
backend apiserver-l4
    balance roundrobin
    default-server check inter 1s fastinter 250ms downinter 1s fall 2 rise 1
${members.map((member) => `    server ${member}\n`).join("")}
frontend lb-health
    bind 127.0.0.1:8405
    mode http
    monitor-uri /livez
`;
