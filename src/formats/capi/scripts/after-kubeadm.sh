#!/bin/sh
# Runs after kubeadm on every control-plane machine of Cluster API. On the one that founded the cluster it
# moves kube-vip from super-admin.conf, which bypasses all authorization, to admin.conf: "kubeadm init" has
# bound it to its role by now. The static pod restarts once for that. Cluster API runs this also where
# kubeadm has failed; then nothing is changed. An argument is the directory that holds the machine's files.
# No braces after $ and none in pairs: clusterctl and Jinja would read them.
set -u
root=
[ $# -eq 0 ] || root=$1
manifest=$root/etc/kubernetes/manifests/kube-vip.yaml
staged=$root/etc/kubernetes/manifests/.kube-vip.yaml.new

[ -e "$root/run/cluster-api/bootstrap-success.complete" ] || exit 0
grep -q 'path: /etc/kubernetes/super-admin.conf$' "$manifest" || exit 0
# A rename shows the kubelet the whole file at once; it ignores names that begin with a dot.
rm -f "$staged"
if (umask 077 && sed 's|path: /etc/kubernetes/super-admin.conf$|path: /etc/kubernetes/admin.conf|' "$manifest" >"$staged") &&
  mv -f "$staged" "$manifest"; then
  echo '[kubeadm-ha] kube-vip uses admin.conf from now on'
else
  rm -f "$staged"
  echo "error: cannot write $manifest" >&2
  exit 3
fi
