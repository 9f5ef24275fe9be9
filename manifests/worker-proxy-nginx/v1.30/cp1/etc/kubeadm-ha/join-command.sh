#!/bin/sh
# Prints what another node needs to join: token, CA hash and certificate key.
# Run it on the node where "kubeadm init" ran. What it prints is secret for two hours.
set -eu
umask 077
KUBECONFIG="${KUBECONFIG:-/etc/kubernetes/admin.conf}"
export KUBECONFIG

key=$(kubeadm init phase upload-certs --upload-certs --config /etc/kubeadm-ha/kubeadm.yaml | tail -n 1)
case $key in
*[!0-9a-f]* | '')
  echo "join-command.sh: kubeadm did not print a certificate key" >&2
  exit 1
  ;;
esac
command=$(kubeadm token create --ttl 2h --print-join-command | tail -n 1)
case $command in
'kubeadm join '*) ;;
*)
  echo "join-command.sh: kubeadm did not print a join command" >&2
  exit 1
  ;;
esac
printf '%s --control-plane --certificate-key %s\n' "${command% }" "$key"
