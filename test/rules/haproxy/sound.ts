/** A haproxy.cfg of three control planes in which no rule finds anything. */
export const soundHaproxy = `global
    log stdout format raw local0 info
    maxconn 8000
    fd-hard-limit 20000
    hard-stop-after 15s
defaults
    log global
    mode tcp
    option tcplog
    timeout connect 2s
    timeout client 1m
    timeout server 1m
    timeout tunnel 4h
    timeout check 2s
    retries 3
    option redispatch 1
frontend apiserver
    bind :::8443 v4v6
    default_backend apiservers
backend apiservers
    balance leastconn
    option httpchk
    http-check send meth GET uri /readyz ver HTTP/1.1 hdr Host kubernetes
    http-check expect status 200
    default-server check check-ssl verify required ca-file /pki/ca.crt verifyhost kubernetes
    default-server inter 2s fastinter 500ms fall 3 on-marked-down shutdown-sessions
    server cp1 192.0.2.11:6443
    server cp2 192.0.2.12:6443
    server cp3 192.0.2.13:6443
`;

/** The sound text with changes; each must change something. */
export function haproxyWith(...changes: readonly (readonly [from: string, to: string])[]): string {
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`no ${from} in the text`);
    return text.replace(from, to);
  }, soundHaproxy);
}
