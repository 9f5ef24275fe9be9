# Bringing everything to its place, or nothing: the same steps as writeFiles.

write_everything() {
  remove_leftovers
  sort_changes
  final_entries=$entries journal_entries=''
  for entry in $state_files; do
    path=${entry%%:*}
    case $newline$stale_paths in
    *"$newline$path$newline"*)
      journal_entries="$journal_entries$entry$newline"
      something_changed=yes
      continue
      ;;
    esac
    # What this run does not make stays ours.
    case $newline$entries in
    *"$newline$path:"*) ;;
    *) final_entries="$final_entries$entry$newline" ;;
    esac
  done
  wanted_hash=$(state_text "$final_entries" | sha256sum)
  present_hash=$( (sha256sum <"$root/etc/kubeadm-ha/state.json") 2>/dev/null)
  if [ "$wanted_hash" = "$present_hash" ]; then
    report save unchanged /etc/kubeadm-ha/state.json
    [ -n "$something_changed" ] || return 0
  else
    report save Writing /etc/kubeadm-ha/state.json
  fi
  for entry in $final_entries; do add_journal_entry "$entry"; done
  # Before anything else, so that the next run finds what this one leaves when it is killed.
  stage /etc/kubeadm-ha/state.json 0600 state_text "$final_entries"
  stage /etc/kubeadm-ha/journal 0600 state_text "$journal_entries"
  stage_files
  [ -z "$member" ] || [ -n "$root" ] || check_configurations 9>&-
  end_if_errors
  place_files
}

# The old hash beside the new one: after a crash either is ours.
add_journal_entry() {
  replaces=''
  for line in $plan_lines; do
    split_plan_line "$line"
    [ "$path" = "${1%%:*}" ] || continue
    [ "$present_hash" = "$new_hash" ] || replaces=$present_hash
  done
  journal_entries="$journal_entries${1%:*}:${replaces:-${1##*:}}$newline"
}

# The secrets have arrived; they must not lie about until somebody else finds them.
remove_join_file() {
  # Of a pipe nothing is left to remove.
  [ -n "$join_file" ] && [ "$join_file" != - ] && [ -f "$join_file" ] || return 0
  rm -f "$join_file" 2>/dev/null || {
    printf 'error: everything is written, but %s cannot be removed: remove it, it holds secrets\n' "$join_file" >&2
    exit 3
  }
  report kubeadm-config Removing "$join_file_name"
}

# changed_file PATH: whether this run changed a file that was there.
changed_file() {
  for line in $plan_lines; do
    split_plan_line "$line"
    [ "$path" != "$1" ] || [ "$change" != changed ] || return 0
  done
  return 1
}

# check_configuration NAME PATH LACKS COMMAND...: asks the host's daemon about the staged file, else, or
# where it says LACKS and so cannot judge, the one in the running container, which sees the file too
# because the directory is mounted at the same path.
check_configuration() {
  daemon=$1 configuration=$2 lacks=$3
  shift 3
  changed_file "$configuration" || return 0
  set -- "$@" "$(staged_path "$configuration")"
  judged=
  if command -v "$1" >/dev/null 2>&1; then
    said=$(timeout 10 "$@" 2>&1) && return 0
    judged=yes
    [ -z "$lacks" ] || case $said in *"$lacks"*) judged= ;; esac
  fi
  if [ -z "$judged" ]; then
    command -v crictl >/dev/null 2>&1 || return 0
    container=$(timeout 10 crictl ps --quiet --name "^$daemon\$" 2>/dev/null | head -n 1)
    [ -n "$container" ] || return 0
    said=$(timeout 10 crictl exec "$container" "$@" 2>&1) && return 0
  fi
  add_problem error "ConfigCheck-$(printf '%s' "$configuration" | tr / -)" \
    "$daemon refuses the new file, so nothing was changed: $(printf '%s\n' "$said" | telling_line)"
}

# haproxy's last line says only that there were errors; keepalived's is not always about the first.
telling_line() {
  while IFS= read -r line; do
    said=$line
    case $line in
    *'[ALERT]'* | *'Line '[0-9]*')'*) break ;;
    esac
  done
  printf '%s' "$said"
}
