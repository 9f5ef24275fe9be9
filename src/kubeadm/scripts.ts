/** Prints, on the node that founded the cluster, what the others need to join. */
export const joinCommandScript = `#!/bin/sh
# Prints what another node needs to join: token, CA hash and certificate key.
# Run it on the node where "kubeadm init" ran. What it prints is secret for two hours.
set -eu
umask 077
KUBECONFIG="\${KUBECONFIG:-/etc/kubernetes/admin.conf}"
export KUBECONFIG

# The uploaded certificates live two hours as well, so they are uploaded anew each time.
key=$(kubeadm init phase upload-certs --upload-certs --config /etc/kubeadm-ha/kubeadm.yaml | tail -n 1)
case $key in
*[!0-9a-f]* | '')
  echo "join-command.sh: kubeadm did not print a certificate key" >&2
  exit 1
  ;;
esac
exec kubeadm token create --ttl 2h --print-join-command --certificate-key "$key"
`;

/** Moves the first node's kube-vip from super-admin.conf to admin.conf. */
export const finalizeScript = `#!/bin/sh
# Moves kube-vip of the first node from super-admin.conf to admin.conf.
# super-admin.conf bypasses all authorization and was needed only until "kubeadm init" had bound
# admin.conf to its role. Run it after the joins: the static pod restarts, so the virtual IP moves
# to another node once (about a second); with no other node it would be gone for 15 seconds.
set -eu
umask 077
manifest=/etc/kubernetes/manifests/kube-vip.yaml
admin=/etc/kubernetes/admin.conf

if [ ! -f "$manifest" ]; then
  echo "finalize.sh: there is no $manifest: is this the node where kubeadm init ran?" >&2
  exit 1
fi
if ! grep -q 'path: /etc/kubernetes/super-admin.conf' "$manifest"; then
  echo "[finalize] unchanged \\"$manifest\\""
  exit 0
fi

# Without the role kube-vip could not renew its lease and would give the virtual IP up.
tries=60
until kubectl --kubeconfig "$admin" --request-timeout 5s --namespace kube-system get leases >/dev/null 2>&1; do
  tries=$((tries - 1))
  if [ "$tries" -le 0 ]; then
    echo "finalize.sh: $admin may not read leases yet; nothing was changed" >&2
    exit 1
  fi
  sleep 1
done

# kubelet ignores dot-files, and a rename shows it the whole file at once.
new=/etc/kubernetes/manifests/.kube-vip.yaml.new
sed 's#path: /etc/kubernetes/super-admin\\.conf#path: /etc/kubernetes/admin.conf#' "$manifest" >"$new"
chmod 0600 "$new"
mv -f "$new" "$manifest"
echo "[finalize] Writing \\"$manifest\\""
`;
