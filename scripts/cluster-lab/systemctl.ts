/** Where the node's stand-in for systemd keeps what it knows. */
export const supervisorFolder = "/run/lab";

/** What kubeadm, kubeadm-ha and administrators ask systemd; containerd is there without a unit. */
export const systemctl = `#!/bin/sh
cd ${supervisorFolder}/services || exit
action= units= now=
for word; do
  case $word in
    --now) now=yes ;;
    -*) ;;
    *) if [ -z "$action" ]; then action=$word; else units="$units \${word%.service}"; fi ;;
  esac
done
unit_of() { ls "/etc/systemd/system/$1.service" "/usr/lib/systemd/system/$1.service" 2>/dev/null | head -n 1; }
value() { sed -n "s/^$2=//p" "$(unit_of "$1")" | tail -n 1; }
start() { : >"$1.now"; : >"$1.wanted"; }
stop() {
  rm -f "$1.wanted"
  pid=$(cat "$1.pid" 2>/dev/null) || return 0
  signal=$(value "$1" KillSignal)
  kill -s "\${signal#SIG}" "$pid" 2>/dev/null || kill "$pid"
  limit=$(value "$1" TimeoutStopSec)
  # Whoever asked may have gone by then.
  setsid sh -c 'sleep "$1"; [ "$(cat "$2")" != "$3" ] || kill -KILL "$3"' sh "\${limit:-90}" "$1.pid" "$pid" >/dev/null 2>&1 &
  while [ -e "$1.pid" ]; do sleep 0.1; done
}
reload() {
  MAINPID=$(cat "$1.pid") || exit
  export MAINPID
  sed -n 's/^ExecReload=//p' "$(unit_of "$1")" | sh -e
}
state() {
  if [ -e "$1.pid" ]; then echo active; else echo inactive; fi
  [ -e "$1.pid" ]
}
for unit in $units; do
  if [ "$unit" = containerd ]; then
    case $action in is-active | status | is-enabled) continue ;; *) exit 1 ;; esac
  fi
  if [ -z "$(unit_of "$unit")" ]; then
    if [ "$action" = is-active ]; then echo inactive; fi
    exit 3
  fi
  case $action in
    start) start "$unit" ;;
    stop) stop "$unit" ;;
    restart | try-restart) stop "$unit"; start "$unit" ;;
    reload) reload "$unit" ;;
    is-active | status) state "$unit" || exit 3 ;;
    is-enabled) echo enabled ;;
    enable) [ -z "$now" ] || start "$unit" ;;
    disable) [ -z "$now" ] || stop "$unit" ;;
    reset-failed) ;;
    *) exit 1 ;;
  esac
done
`;
