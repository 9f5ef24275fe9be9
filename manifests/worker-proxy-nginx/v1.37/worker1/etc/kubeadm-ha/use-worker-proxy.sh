#!/bin/sh
# Made by kubeadm-ha from ha.yaml: change it there and render again.
# Leads this worker's kubelet to the proxy on https://127.0.0.1:6443; run it after kubeadm join.
# With --undo it leads it back to https://api.example.com:6443, before the proxy goes.
# A second time either changes nothing.
set -eu
umask 077
conf=${KUBELET_CONF:-/etc/kubernetes/kubelet.conf}
proxy='https://127.0.0.1:6443'
endpoint='https://api.example.com:6443'
fail() {
  printf 'use-worker-proxy.sh: %s\n' "$1" >&2
  exit 1
}

# lead_to URL
lead_to() {
  sed "s|^\( *server: \).*|\1$1|" "$conf" >"$conf.kubeadm-ha"
  mv "$conf.kubeadm-ha" "$conf"
  systemctl restart kubelet
  echo "the kubelet uses $1"
}

server=$(sed -n 's/^ *server: *//p' "$conf" 2>/dev/null) || server=''
case ${1:-} in
'') ;;
--undo)
  if [ "$server" = "$proxy" ]; then lead_to "$endpoint"; fi
  exit 0
  ;;
*) fail "there is no $1: nothing, or --undo" ;;
esac

[ -f "$conf" ] || fail "there is no $conf: join first"
if [ "$server" = "$proxy" ]; then
  echo "the kubelet uses $proxy already"
  exit 0
fi
[ "$(grep -c '^ *server: ' "$conf")" = 1 ] || fail "$conf does not have one server"

# Without an API server that answers behind the proxy the kubelet would lose what works now.
ready=no
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
  if curl --noproxy '*' --silent --output /dev/null --max-time 2 --insecure "$proxy/readyz"; then
    ready=yes
    break
  fi
  sleep 2
done
[ "$ready" = yes ] || fail "the proxy has no ready API server: crictl logs \"\$(crictl ps -aq --name kubeadm-ha-proxy)\""
# The certificate must carry 127.0.0.1.
curl --noproxy '*' --silent --show-error --output /dev/null --max-time 5 --cacert /etc/kubernetes/pki/ca.crt "$proxy/livez" ||
  fail "$proxy has no certificate that carries 127.0.0.1"

lead_to "$proxy"
