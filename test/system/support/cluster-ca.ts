/** A script that makes a CA where kubeadm would: haproxy starts only where it finds one. */
export const makeClusterCA = `mkdir -p /etc/kubernetes/pki
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout /run/ca.key -subj /CN=kubernetes \
  -out /etc/kubernetes/pki/ca.crt 2>&1`;
