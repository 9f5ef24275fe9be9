import type { ClusterSpec } from "../../config/spec.ts";
import { generatedBy } from "../../render/generated-by.ts";

export const useWorkerProxyPath = "/etc/kubeadm-ha/use-worker-proxy.sh";

/**
 * Leads the kubelet of a worker to its proxy. After the join, since kubeadm writes kubelet.conf with the
 * endpoint; a kubelet that rotates its certificate leaves the file as it is.
 */
export function useWorkerProxyScript(spec: ClusterSpec): string {
  const server = `https://127.0.0.1:${spec.apiServerPort}`;
  return `#!/bin/sh
# ${generatedBy}
# Leads this worker's kubelet to the proxy on ${server}; run it after kubeadm join.
# A second time it changes nothing.
set -eu
umask 077
conf=\${KUBELET_CONF:-/etc/kubernetes/kubelet.conf}
server='${server}'
fail() {
  printf 'use-worker-proxy.sh: %s\\n' "$1" >&2
  exit 1
}

[ -f "$conf" ] || fail "there is no $conf: join first"
if [ "$(sed -n 's/^ *server: *//p' "$conf")" = "$server" ]; then
  echo "the kubelet uses $server already"
  exit 0
fi
[ "$(grep -c '^ *server: ' "$conf")" = 1 ] || fail "$conf does not have one server"

# Without a ready API server behind the proxy the kubelet would lose what works now.
ready=no
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
  if curl --noproxy '*' --fail --silent --output /dev/null --max-time 2 http://127.0.0.1:${spec.loadBalancer.healthPort}/readyz; then
    ready=yes
    break
  fi
  sleep 2
done
[ "$ready" = yes ] || fail "the proxy has no ready API server: crictl logs \\"\\$(crictl ps -aq --name kubeadm-ha-proxy)\\""
# The certificate must carry 127.0.0.1.
curl --noproxy '*' --silent --show-error --output /dev/null --max-time 5 --cacert /etc/kubernetes/pki/ca.crt "$server/livez" ||
  fail "$server has no certificate that carries 127.0.0.1"

sed "s|^\\( *server: \\).*|\\1$server|" "$conf" >"$conf.kubeadm-ha"
mv "$conf.kubeadm-ha" "$conf"
systemctl restart kubelet
echo "the kubelet uses $server"
`;
}
