#!/bin/sh
# Made by kubeadm-ha from ha.yaml: change it there and render again.
#
# Does haproxy on this node answer? keepalived runs this every second and gives the VIP up when it
# fails. On the node that holds the VIP it keeps a connection to haproxy open for the rest of the
# second: the kernel closes it the moment haproxy dies, so a crash is seen at once.
#
# Needs nc (OpenBSD's or BusyBox's), mkfifo, grep, sleep. Not timeout: BusyBox's takes a full second
# at least, and GNU's leaves the process group that keepalived ends when a check takes too long.
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
exec 2>/dev/null

# connection SECONDS [OPTION]: nc sends standard input and prints what comes back. Succeeds if the
# connection lasted that long; fails as soon as it is refused or haproxy ends it.
connection() {
  exec 4<&0
  sleep "$1" >/dev/null &
  limit=$!
  shift
  {
    nc "$@" 127.0.0.1 8405 <&4 &
    talk=$!
    trap 'kill "$talk"' TERM
    wait "$talk"
    kill "$limit"
  } &
  watch=$!
  wait "$limit"
  lasted=$?
  kill "$watch"
  wait "$watch"
  return "$lasted"
}

# HTTP/1.0, so that haproxy closes after its answer. It says nothing about the API servers: with
# none of them the VIP should stay where it is.
alive() {
  case $(printf 'GET /livez HTTP/1.0\r\n\r\n' | connection 0.5) in
    "HTTP/1."?" 200"*) return 0 ;;
  esac
  return 1
}

holds_vip() {
  grep -qwF '192.168.10.100' /proc/net/fib_trie
}

if ! alive; then
  if holds_vip; then exit 1; fi
  # haproxy may just be starting: a node without the VIP can wait for it.
  for pause in 0.1 0.2 0.4; do
    sleep "$pause"
    if alive; then exit 0; fi
  done
  exit 1
fi
if ! holds_vip; then exit 0; fi

# nc has to end with the connection, not with its standard input. OpenBSD's nc does so with -d.
# BusyBox's has no -d and hangs up at the end of its input, so it gets a fifo, which has none. The
# fifo's name is gone at once; the process number keeps it apart from a run beside this one.
case $(nc -h 2>&1) in
  *BusyBox*)
    fifo=/run/kubeadm-ha-check.$$
    rm -f "$fifo"
    mkfifo -m 600 "$fifo" && exec 3<>"$fifo"
    rm -f "$fifo"
    if connection 0.9 <&3 >/dev/null; then exit 0; fi
    ;;
  *)
    if connection 0.9 -d </dev/null >/dev/null; then exit 0; fi
    ;;
esac

# The connection ended. After a reload that was only the old worker: then the new one answers.
alive
