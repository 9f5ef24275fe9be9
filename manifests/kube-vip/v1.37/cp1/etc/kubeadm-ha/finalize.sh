#!/bin/sh
# Moves kube-vip of the first node from super-admin.conf to admin.conf.
# super-admin.conf bypasses all authorization and was needed only until "kubeadm init" had bound
# admin.conf to its role. Run it after the joins: the static pod restarts, so the virtual IP moves
# to another node once (about a second); with no other node it would be gone for 15 seconds.
#
#   --no-wait      do not wait until admin.conf has its rights
#   --rootfs DIR   directory that holds the machine's files (default: /)
set -u
LC_ALL=C
export LC_ALL
PATH=${PATH:+$PATH:}/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
manifest=/etc/kubernetes/manifests/kube-vip.yaml
state=/etc/kubeadm-ha/state.json
super_admin='path: /etc/kubernetes/super-admin.conf'
root='' wait=yes
while [ $# -gt 0 ]; do
  case $1 in
  --no-wait) wait='' ;;
  --rootfs=?*) root=${1#*=} ;;
  --rootfs)
    [ $# -gt 1 ] || { echo 'error: --rootfs needs a value' >&2 && exit 2; }
    root=$2
    shift
    ;;
  *)
    echo "error: there is no option $1 here; there are --no-wait and --rootfs DIR" >&2
    exit 2
    ;;
  esac
  shift
done
root=${root%/}

fail() {
  printf 'error: %s\n' "$2" >&2
  discard
  exit "$1"
}

discard() {
  rm -f "$root$(staged "$manifest")" "$root$(staged "$state")" "$root/etc/kubeadm-ha/.journal.new"
}

staged() {
  printf '%s/.%s.new' "${1%/*}" "${1##*/}"
}

stage() {
  temporary=$root$(staged "$1")
  rm -f "$temporary"
  shift
  {
    (
      umask 077
      set -C
      "$@" >"$temporary"
    ) && chmod 0600 "$temporary" && flush "$temporary"
  } 2>/dev/null || fail 3 "cannot write $temporary; nothing was changed"
}

flush() {
  sync "$@" 2>/dev/null || sync
}

with_admin_conf() {
  sed "s|$super_admin|path: /etc/kubernetes/admin.conf|" "$root$manifest"
}

finalized_state() {
  sed -e '/^  "role": "join",$/,$!s/^  "finalized": false,$/  "finalized": true,/' \
    -e "\\|{\"path\": \"$manifest\", .*\"$old_hash\"|s/\"sha256\".*}/\"sha256\": \"$1\"${2:+, \"replaces\": \"$2\"}}/" "$root$state"
}

hash_of() {
  sum=$(sha256sum <"$1") || fail 3 "cannot read $1"
  printf '%s' "${sum%% *}"
}

wait_for_rights() {
  command -v kubectl >/dev/null 2>&1 ||
    fail 3 'there is no kubectl here to ask whether admin.conf has its rights; --no-wait goes on without'
  tries=60
  until kubectl --kubeconfig "$root/etc/kubernetes/admin.conf" --request-timeout 5s --namespace kube-system get leases >/dev/null 2>&1; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || fail 1 '/etc/kubernetes/admin.conf may not read leases yet; nothing was changed'
    sleep 1
  done
}

take_lock() {
  {
    (umask 022 && mkdir -p "$root/run") && (umask 077 && mkdir -p "$root/run/kubeadm-ha" && : >>"$root/run/kubeadm-ha/lock")
  } 2>/dev/null || fail 3 "cannot lock $root/run/kubeadm-ha/lock"
  exec 9>>"$root/run/kubeadm-ha/lock"
  flock -n 9 || fail 3 'another kubeadm-ha is at work here ("/run/kubeadm-ha/lock")'
}

place() {
  mv -f "$root$(staged "${2-$1}")" "$root$1" || fail 3 "cannot write $root$1"
  flush "$root${1%/*}"
}

main() {
  [ -f "$root$manifest" ] || fail 1 "there is no $manifest: is this the node where kubeadm init ran?"
  take_lock
  trap 'discard; exit 130' INT TERM HUP
  discard
  old_hash=$(hash_of "$root$manifest")
  new_hash=$old_hash did=unchanged
  if grep -q "$super_admin" "$root$manifest"; then
    [ -z "$wait" ] || wait_for_rights
    stage "$manifest" with_admin_conf
    new_hash=$(hash_of "$temporary") did=Writing
  fi
  trap '' INT TERM HUP
  [ ! -f "$root$state" ] || stage "$state" finalized_state "$new_hash"
  if [ $did = Writing ]; then
    if [ -f "$root$state" ]; then
      stage /etc/kubeadm-ha/journal finalized_state "$new_hash" "$old_hash"
      place "$state" /etc/kubeadm-ha/journal
    fi
    place "$manifest"
  fi
  if [ -f "$root$state" ] && [ "$(hash_of "$root$(staged "$state")")" != "$(hash_of "$root$state")" ]; then
    place "$state"
  fi
  discard
  echo "[finalize] $did \"$manifest\""
}

main
