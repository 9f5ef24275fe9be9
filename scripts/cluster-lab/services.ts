import { supervisorFolder } from "./systemctl.ts";

/** The kubelet's unit with kubeadm's drop-in: https://github.com/kubernetes/release/tree/master/cmd/krel/templates/latest */
export const kubeletUnit = `[Service]
EnvironmentFile=-/var/lib/kubelet/kubeadm-flags.env
EnvironmentFile=-/etc/default/kubelet
ExecStart=kubelet --bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf --kubeconfig=/etc/kubernetes/kubelet.conf --config=/var/lib/kubelet/config.yaml $KUBELET_KUBEADM_ARGS $KUBELET_EXTRA_ARGS
Restart=always
RestartSec=10
`;

/** Has every service supervised that is wanted, as long as the node has power. */
export const superviseServices = `#!/bin/sh
cd ${supervisorFolder}/services || exit
while :; do
  for wanted in *.wanted; do
    name=\${wanted%.wanted}
    if [ ! -e "$wanted" ] || [ -e "$name.supervised" ]; then continue; fi
    : >"$name.supervised"
    ${supervisorFolder}/supervise "$name" &
  done
  sleep 0.2
done
`;

/**
 * Keeps a service running as its unit says while it is wanted. Of what units can say it knows what the kubelet's and
 * ours say, but for the mounts and filters around a process.
 */
export const supervise = `#!/bin/sh
name=$1
cd ${supervisorFolder}/services || exit
unit=$(ls "/etc/systemd/system/$name.service" "/usr/lib/systemd/system/$name.service" 2>/dev/null | head -n 1)
values() { sed -n "s/^$1=//p" "$unit"; }
tenths() { case $1 in '') echo 1 ;; *ms) echo $((\${1%ms} / 100)) ;; *) echo $((\${1%s} * 10)) ;; esac; }
commands() {
  values "$1" >"$name.commands"
  while read -r line; do
    command=\${line#-}
    sh -c "\${command#+}" </dev/null || [ "$command" != "$line" ] || return
  done <"$name.commands"
}
begin() {
  for directory in $(values RuntimeDirectory); do install -d -m "$(values RuntimeDirectoryMode)" "/run/$directory"; done
  for file in $(values EnvironmentFile); do [ ! -r "\${file#-}" ] || . "\${file#-}"; done
  commands ExecStartPre || exit
  limit=$(values LimitNOFILE)
  [ -z "$limit" ] || ulimit -n "$limit"
  # What has been done lasts until it is undone.
  if [ "$(values Type)" = oneshot ]; then
    commands ExecStart || exit
    exec sleep infinity
  fi
  rights=
  for capability in $(values CapabilityBoundingSet | tr '[:upper:]' '[:lower:]'); do rights=$rights,+\${capability#cap_}; done
  eval "exec setsid \${rights:+setpriv --no-new-privs --inh-caps=-all --bounding-set=-all$rights} $(values ExecStart)"
}
while [ -e "$name.wanted" ]; do
  rm -f "$name.now"
  begin >>"/var/log/$name.log" 2>&1 &
  main=$!
  echo $main >"$name.pid"
  # Told to stop before there was anything to stop.
  [ -e "$name.wanted" ] || kill $main
  wait $main
  # Whatever it has left running.
  pkill -KILL -s $main
  if [ "$(values Type)" = oneshot ]; then commands ExecStop; fi >>"/var/log/$name.log" 2>&1
  commands ExecStopPost >>"/var/log/$name.log" 2>&1
  rm -f "$name.pid"
  left=$(tenths "$(values RestartSec)")
  while [ "$left" -gt 0 ] && [ -e "$name.wanted" ] && [ ! -e "$name.now" ]; do
    sleep 0.1
    left=$((left - 1))
  done
done
rm -f "$name.supervised"
`;
