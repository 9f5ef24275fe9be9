#!/bin/sh
# Runs before kubeadm on every control-plane machine of Cluster API. On the one that founds the cluster
# kube-vip begins with super-admin.conf: since Kubernetes 1.29 admin.conf gets its rights late in
# "kubeadm init", which may need the virtual IP for that (https://github.com/kube-vip/kube-vip/issues/684).
# All machines get the same files, so it looks which of the two this one is. An argument is the directory
# that holds the machine's files. No braces after $ and none in pairs: clusterctl and Jinja would read them.
set -u
root=
[ $# -eq 0 ] || root=$1
manifest=$root/etc/kubernetes/manifests/kube-vip.yaml
staged=$root/etc/kubernetes/manifests/.kube-vip.yaml.new

founds_the_cluster() {
  # Where cloud-init puts kubeadm's configuration; a joining machine has kubeadm-join-config.yaml there.
  [ -f "$root/run/kubeadm/kubeadm.yaml" ] && return 0
  # What Ignition runs has the command itself.
  [ -f "$root/etc/kubeadm.sh" ] && grep -q '^ *kubeadm init ' "$root/etc/kubeadm.sh"
}

makes_super_admin_conf() {
  version=$(kubeadm version -o short 2>/dev/null) || return 0
  minor=$(printf '%s\n' "$version" | cut -d . -f 2)
  [ "$minor" -ge 29 ] 2>/dev/null
}

founds_the_cluster || exit 0
# Once kubeadm has begun it is decided: the script after kubeadm moves kube-vip on for good.
[ ! -e "$root/etc/kubernetes/kubelet.conf" ] || exit 0
makes_super_admin_conf || exit 0
grep -q 'path: /etc/kubernetes/admin.conf$' "$manifest" || exit 0
# A rename shows the kubelet the whole file at once; it ignores names that begin with a dot.
rm -f "$staged"
if (umask 077 && sed 's|path: /etc/kubernetes/admin.conf$|path: /etc/kubernetes/super-admin.conf|' "$manifest" >"$staged") &&
  mv -f "$staged" "$manifest"; then
  echo '[kubeadm-ha] kube-vip begins with super-admin.conf on this machine'
else
  rm -f "$staged"
  echo "error: cannot write $manifest" >&2
  exit 3
fi
