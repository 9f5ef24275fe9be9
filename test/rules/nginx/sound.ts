/** A nginx.conf of three control planes in which no rule finds anything. */
export const soundNginx = `load_module modules/ngx_stream_module.so;
worker_processes 2;
events { worker_connections 8000; }
stream {
    upstream apiservers {
        zone apiservers 64k;
        least_conn;
        server 192.0.2.11:6443 max_fails=1 fail_timeout=5s;
        server 192.0.2.12:6443 max_fails=1 fail_timeout=5s;
        server 192.0.2.13:6443 max_fails=1 fail_timeout=5s;
    }
    server {
        listen 8443 so_keepalive=30s:10s:3;
        proxy_pass apiservers;
        proxy_connect_timeout 2s;
        proxy_timeout 4h;
    }
}
`;

/** The sound text with changes; each must change something. */
export function nginxWith(...changes: readonly (readonly [from: string, to: string])[]): string {
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`no ${from} in the text`);
    return text.replace(from, to);
  }, soundNginx);
}
