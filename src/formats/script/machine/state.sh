# The directories of an earlier run, and what it adopted. Else those are ours which hold nothing of anybody else: whoever brought the files
# made them, but does not tell.
list_directories() {
  if [ -e "$root$state" ]; then
    sed '/^  "directories"/,/^  "files"/!d;/^  "files"/d' "$root$state"
    return 0
  fi
  if [ "$(ls -A "$root/etc/kubernetes/manifests" 2>/dev/null)" = "$manifests" ]; then
    chmod 0700 "$root/etc/kubernetes/manifests"
    [ "$(ls -A "$root/etc/kubernetes")" != manifests ] || own_directories="$own_directories /etc/kubernetes"
    own_directories="$own_directories /etc/kubernetes/manifests"
  fi
  separator='  "directories": ['
  for path in $own_directories; do
    printf '%s\n    "%s"' "$separator" "$path"
    separator=,
  done
  printf '\n  ],\n  "adopted": [],\n'
}

list_files() {
  separator='  "files": ['
  for path in $files; do
    [ -e "$root$path" ] || continue
    printf '%s\n    {"path": "%s", "mode": "%s", "sha256": "%s"}' "$separator" "$path" "$(stat -c 0%a "$root$path")" "$(hash_of "$root$path")"
    separator=,
  done
  printf '\n  ]\n}\n'
}
