# What the script of user data does with files, in the words of finalize.sh: what stands twice costs user data nothing.
state=/etc/kubeadm-ha/state.json
config=/etc/kubeadm-ha/kubeadm.yaml

# fail STATUS MESSAGE
fail() {
  printf 'error: %s\n' "$2" >&2
  exit "$1"
}

# refuse MESSAGE: whatever runs next must not call kubeadm with what is here.
refuse() {
  [ ! -e "$root$config" ] || mv -f "$root$config" "$root$config.held"
  fail 1 "$1"
}

# The dot-file of a path: the kubelet ignores it, and a rename shows it the whole file at once.
staged() {
  printf '%s/.%s.new' "${1%/*}" "${1##*/}"
}

flush() {
  sync "$@" 2>/dev/null || sync
}

hash_of() {
  sum=$(sha256sum <"$1") || fail 3 "cannot read $1"
  printf '%s' "${sum%% *}"
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

# place PATH [PATH]: what was staged, for it or for the other one.
place() {
  mv -f "$root$(staged "${2-$1}")" "$root$1" || fail 3 "cannot write $root$1"
  flush "$root${1%/*}"
}

# put PATH MODE COMMAND: what the command prints, whole or not at all; what is there already stays.
put() {
  mkdir -p "$root${1%/*}"
  if [ -e "$root$1" ] && [ "$("$3" | sha256sum)" = "$(sha256sum <"$root$1")" ]; then
    chmod "$2" "$root$1"
  else
    stage "$1" "$3"
    chmod "$2" "$temporary"
    place "$1"
  fi
}

take_lock() {
  {
    (umask 022 && mkdir -p "$root/run") && (umask 077 && mkdir -p "$root/run/kubeadm-ha" && : >>"$root/run/kubeadm-ha/lock")
  } 2>/dev/null || fail 3 "cannot lock $root/run/kubeadm-ha/lock"
  exec 9>>"$root/run/kubeadm-ha/lock"
  flock -n 9 || fail 3 'another kubeadm-ha is at work here ("/run/kubeadm-ha/lock")'
}
