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
newline='
'
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

# fail STATUS MESSAGE
fail() {
  printf 'error: %s\n' "$2" >&2
  discard
  exit "$1"
}

discard() {
  rm -f "$root$(staged "$manifest")" "$root$(staged "$state")" "$root/etc/kubeadm-ha/.journal.new"
}

# The dot-file of a path: the kubelet ignores it, and a rename shows it the whole file at once.
staged() {
  printf '%s/.%s.new' "${1%/*}" "${1##*/}"
}

# stage PATH COMMAND...: what the command prints, complete on disk beside its place.
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
  end=$newline
  while IFS= read -r line || { [ -n "$line" ] && end=''; }; do
    case $line in
    *"$super_admin"*) line="${line%%"$super_admin"*}path: /etc/kubernetes/admin.conf${line#*"$super_admin"}" ;;
    esac
    printf '%s%s' "$line" "$end" || return 1
  done <"$root$manifest"
}

# finalized_state HASH [HASH]: of the manifest as it will be, and as it is until then. A manifest that
# somebody changed stays unknown to the state, so that nothing overwrites the change.
finalized_state() {
  joined=''
  while IFS= read -r line; do
    case $line in
    '  "role": "join",') joined=yes ;;
    '  "finalized": false,') [ -n "$joined" ] || line='  "finalized": true,' ;;
    *"{\"path\": \"$manifest\", "*)
      case $line in
      *"\"$old_hash\""*)
        end=''
        case $line in
        *,) end=, ;;
        esac
        line="${line%%\"sha256\"*}\"sha256\": \"$1\"${2:+, \"replaces\": \"$2\"}}$end"
        ;;
      esac
      ;;
    esac
    printf '%s\n' "$line" || return 1
  done <"$root$state"
}

hash_of() {
  sum=$(sha256sum <"$1") || fail 3 "cannot read $1"
  printf '%s' "${sum%% *}"
}

needs_super_admin() {
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in
    *"$super_admin"*) return 0 ;;
    esac
  done <"$root$manifest"
  return 1
}

# Without the role kube-vip could not renew its lease and would give the virtual IP up.
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

main() {
  [ -f "$root$manifest" ] || fail 1 "there is no $manifest: is this the node where kubeadm init ran?"
  {
    (umask 022 && mkdir -p "$root/run") && (umask 077 && mkdir -p "$root/run/kubeadm-ha" && : >>"$root/run/kubeadm-ha/lock")
  } 2>/dev/null || fail 3 "cannot lock $root/run/kubeadm-ha/lock"
  exec 9>>"$root/run/kubeadm-ha/lock"
  flock -n 9 || fail 3 'another kubeadm-ha is at work here ("/run/kubeadm-ha/lock")'
  trap 'discard; exit 130' INT TERM HUP
  discard
  old_hash=$(hash_of "$root$manifest")
  if ! needs_super_admin; then
    if [ -f "$root$state" ]; then
      finish_state "$old_hash"
    fi
    echo "[finalize] unchanged \"$manifest\""
    return 0
  fi
  [ -z "$wait" ] || wait_for_rights
  stage "$manifest" with_admin_conf
  new_hash=$(hash_of "$root$(staged "$manifest")")
  # From here on, half of the work would be worse than all of it.
  trap '' INT TERM HUP
  if [ -f "$root$state" ]; then
    stage "$state" finalized_state "$new_hash"
    # A journal first: after a crash the next run knows the old manifest and the new one for ours.
    stage /etc/kubeadm-ha/journal finalized_state "$new_hash" "$old_hash"
    mv -f "$root/etc/kubeadm-ha/.journal.new" "$root$state" || fail 3 "cannot write $root$state"
    flush "$root${state%/*}"
  fi
  mv -f "$root$(staged "$manifest")" "$root$manifest" || fail 3 "cannot write $root$manifest"
  flush "$root${manifest%/*}"
  if [ -f "$root$state" ]; then
    mv -f "$root$(staged "$state")" "$root$state" || fail 3 "cannot write $root$state"
    flush "$root${state%/*}"
  fi
  echo "[finalize] Writing \"$manifest\""
}

# An earlier run was cut short after the manifest.
finish_state() {
  stage "$state" finalized_state "$1"
  if [ "$(hash_of "$root$(staged "$state")")" = "$(hash_of "$root$state")" ]; then
    discard
  else
    mv -f "$root$(staged "$state")" "$root$state" || fail 3 "cannot write $root$state"
    flush "$root${state%/*}"
  fi
}

main
