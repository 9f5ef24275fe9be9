# The lock that runs on one machine share, and the way back when a run must not go on.

take_lock() {
  lock_file=$root/run/kubeadm-ha/lock
  for place in "$root/run/kubeadm-ha" "$lock_file"; do
    [ ! -L "$place" ] || fail "cannot lock $lock_file: $place is a symbolic link"
  done
  command -v flock >/dev/null 2>&1 || fail "cannot lock $lock_file: there is no flock"
  made_for_lock=''
  for place in /run /run/kubeadm-ha; do
    [ ! -d "$root$place" ] || continue
    if [ "$place" = /run ]; then place_umask=022; else place_umask=077; fi
    made_for_lock="$place $made_for_lock"
    (umask "$place_umask" && mkdir "$root$place") 2>/dev/null || {
      # Another run may have been quicker.
      made_for_lock=${made_for_lock#"$place "}
      [ -d "$root$place" ] || fail "cannot lock $lock_file: cannot make $root$place"
    }
  done
  # A redirection that fails would end some shells without a word.
  (umask 077 && : >>"$lock_file") 2>/dev/null || fail "cannot lock $lock_file: it cannot be written"
  exec 9>>"$lock_file"
  # Whoever forgets a lock removes its file: then ours may be one that nobody else can find any more.
  if ! flock -n 9 || [ "$(stat -c %i "$lock_file" 2>/dev/null)" != "$(stat -L -c %i /proc/self/fd/9)" ]; then
    made_for_lock=''
    fail 'another kubeadm-ha is at work here ("/run/kubeadm-ha/lock")'
  fi
  locked=yes
}

# Removes every trace of what was staged and not placed.
give_up() {
  for path in $staged; do rm -f "$root$(staged_path "$path")"; done
  for path in $(printf '%s\n' "$made_directories" | sort -r); do rmdir "$root$path" 2>/dev/null; done
  [ -z "$made_for_lock" ] || [ -z "${locked-}" ] || rm -f "$root/run/kubeadm-ha/lock"
  for path in $made_for_lock; do rmdir "$root$path" 2>/dev/null; done
}
