#!/bin/sh
# Made by kubeadm-ha from ha.yaml: change it there and render again.
#
# Does the API server of this node live? keepalived asks every second; without a balancer in front
# of it the VIP is worth nothing on a node where it does not.
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

# The certificate has the name kubernetes, which no resolver here needs to know. The limit is below
# keepalived's own (3 s), so that the script ends by itself.
if command -v curl >/dev/null 2>&1; then
  exec curl --fail --silent --output /dev/null --max-time 2 \
    --cacert /etc/kubernetes/pki/ca.crt --resolve kubernetes:6443:127.0.0.1 https://kubernetes:6443/livez
fi

# wget cannot check the certificate against that name: enough to see that something answers here.
exec wget -q -T 2 --no-check-certificate -O /dev/null https://127.0.0.1:6443/livez
