import { systemctlWords } from "../../src/rehearse/lab/furnish.ts";

/** Where the node's stand-in for systemd keeps what it knows. */
export const supervisorFolder = "/run/lab";

/**
 * Keeps the kubelet running as its unit does: Restart=always, RestartSec=10, the flags of kubeadm's drop-in.
 * https://github.com/kubernetes/release/blob/master/cmd/krel/templates/latest/kubeadm/10-kubeadm.conf
 */
export const superviseKubelet = `#!/bin/sh
cd ${supervisorFolder} || exit
while :; do
  if [ ! -e kubelet.wanted ]; then sleep 0.1; continue; fi
  rm -f kubelet.now
  KUBELET_KUBEADM_ARGS= KUBELET_EXTRA_ARGS=
  [ ! -r /var/lib/kubelet/kubeadm-flags.env ] || . /var/lib/kubelet/kubeadm-flags.env
  [ ! -r /etc/default/kubelet ] || . /etc/default/kubelet
  # shellcheck disable=SC2086
  kubelet --bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf --kubeconfig=/etc/kubernetes/kubelet.conf \\
    --config=/var/lib/kubelet/config.yaml $KUBELET_KUBEADM_ARGS $KUBELET_EXTRA_ARGS >>/var/log/kubelet.log 2>&1 &
  echo $! >kubelet.pid
  wait $!
  rm -f kubelet.pid
  tries=100
  while [ $tries -gt 0 ] && [ -e kubelet.wanted ] && [ ! -e kubelet.now ]; do
    sleep 0.1
    tries=$((tries - 1))
  done
done
`;

/** What kubeadm asks systemd; it knows the kubelet and containerd. */
export const systemctl = `#!/bin/sh
cd ${supervisorFolder} || exit
${systemctlWords}case $action in daemon-reload) exit 0 ;; esac
case $unit in
  kubelet) ;;
  containerd) case $action in is-active | status | is-enabled) exit 0 ;; *) exit 1 ;; esac ;;
  *) case $action in is-active) echo inactive ;; esac; exit 3 ;;
esac
stop() {
  rm -f kubelet.wanted
  pid=$(cat kubelet.pid 2>/dev/null) || return 0
  kill "$pid"
  while [ -e kubelet.pid ]; do sleep 0.1; done
}
case $action in
  start) : >kubelet.wanted; : >kubelet.now ;;
  stop) stop ;;
  restart | try-restart) stop; : >kubelet.wanted; : >kubelet.now ;;
  is-active | status) if [ -e kubelet.pid ]; then echo active; else echo inactive; exit 3; fi ;;
  is-enabled) echo enabled ;;
  enable | disable | reset-failed) ;;
  *) exit 1 ;;
esac
`;
