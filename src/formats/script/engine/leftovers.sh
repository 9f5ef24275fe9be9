# What a run leaves that was killed.

# Undoes what it did before it changed a file: its dot-files, its copies, and its directories unless
# they hold something. What there can be stands in its staged state, the first file that a run writes.
remove_leftovers() {
  read_staged_state
  for entry in $state_files; do remove_staged "${entry%%:*}"; done
  for path in $left_adopted; do remove_copy "$path"; done
  for path in $left_files /etc/kubeadm-ha/journal; do remove_staged "$path"; done
  for path in $(printf '%s' "$left_directories" | sort -r); do remove_unused "$path"; done
  remove_staged /etc/kubeadm-ha/state.json
  # Made before there was a file to say so.
  for path in /etc/kubeadm-ha /etc; do remove_unused "$path"; done
  # What stays is ours, though no state may say so; when this run has to give up it goes with the rest.
  for path in $left_directories; do
    [ ! -d "$root$path" ] || made_directories="$made_directories$path$newline"
  done
  missing_directories=$made_directories
}

# One that was cut short says nothing: nothing was written after it.
read_staged_state() {
  left_files='' left_directories='' left_adopted=''
  found_files='' found_directories='' found_adopted='' list=''
  staged_state=$root$(staged_path /etc/kubeadm-ha/state.json)
  { [ -f "$staged_state" ] && [ ! -L "$staged_state" ]; } || return 0
  while IFS= read -r line; do
    value=${line#*\"/}
    value=/${value%%\"*}
    case $line in
    '  "directories": ['*) list=directories ;;
    '  "adopted": ['*) list=adopted ;;
    '    {"path": "/'*)
      value=${line#*\"path\": \"}
      found_files="$found_files${value%%\"*}$newline"
      ;;
    '    "/'*)
      if [ "$list" = directories ]; then
        found_directories="$found_directories$value$newline"
      else
        found_adopted="$found_adopted$value$newline"
      fi
      ;;
    '}') left_files=$found_files left_directories=$found_directories left_adopted=$found_adopted ;;
    esac
  done <"$staged_state"
}

# The file itself was not replaced yet, so its copy is of no use.
remove_copy() {
  copy=/etc/kubeadm-ha/adopted$1
  remove_staged "$copy"
  case $newline$state_adopted in
  *"$newline$1$newline"*) return 0 ;;
  esac
  for place in "$1" "$copy"; do
    { [ -f "$root$place" ] && [ ! -L "$root$place" ]; } || return 0
  done
  [ "$(sha256sum <"$root$1")" != "$(sha256sum <"$root$copy")" ] || rm -f "$root$copy"
}

remove_staged() {
  rm -f "$root$(staged_path "$1")" 2>/dev/null || fail "cannot write below ${root:-/}: cannot remove $(staged_path "$1")"
}

remove_unused() {
  [ -d "$root$1" ] && [ ! -L "$root$1" ] || return 0
  rmdir "$root$1" 2>/dev/null || true
}
