# The course of the node script: the same steps as prepare, in the same order.

main() {
  read_options "$@"
  trap 'interrupted' INT TERM HUP
  # A file must not get the number of standard output.
  (true >&1) 2>/dev/null || exec >/dev/null
  [ -n "$dry_run" ] || must_be_root || take_lock
  read_state
  [ ! -e "$root$member_file" ] || member=yes
  find_join_file
  # Without the lock, which BusyBox's timeout would hold for a second after our end.
  decide_role 9>&-
  tell_role
  [ "$role" = join ] || join_file=''
  [ -z "$join_file" ] || use_join_file
  identify
  each_file sort_out
  find_stale
  require_certificate_key
  compare_with_state
  run_checks 9>&-
  tell_file_problems
  end_if_errors
  if [ -n "$dry_run" ]; then
    answer print_dry_run
    exit 0
  fi
  write_everything
  remove_join_file
  start_units
  answer print_report
}

# Who is not root cannot lock, and is told by a check why.
must_be_root() {
  [ -z "$root" ] && [ "$(id -u)" != 0 ] || return 1
  case ",$ignored," in
  ,all, | *,isprivilegeduser,*) return 1 ;;
  esac
}

print_report() {
  printf '%s\n' "$role_line$reported"
  next_steps
}

# answer COMMAND: what it prints, in one piece.
answer() {
  text=$(
    "$@"
    echo x
  )
  printf '%s' "${text%x}" 2>/dev/null || {
    printf 'error: cannot write to standard output\n' >&2
    exit 3
  }
}

find_join_file() {
  [ "$asked" != init ] || return 0
  if [ -n "$join_command_file" ]; then
    join_file=$join_command_file join_file_name=$join_command_file
    [ "$join_file" != - ] || join_file_name='(stdin)'
    [ -z "$own_discovery" ] || foreign_join_file "the JoinConfiguration among kubeadm's documents brings its own secrets; leave out one of the two"
  elif [ -z "$own_discovery" ] && [ -f "$root/run/kubeadm-ha/join" ] && [ ! -L "$root/run/kubeadm-ha/join" ]; then
    join_file=$root/run/kubeadm-ha/join join_file_name=/run/kubeadm-ha/join
  fi
}

use_join_file() {
  if [ "$join_file" = - ]; then
    read_join_file
  else
    { [ -r "$join_file" ] && [ ! -d "$join_file" ]; } || fail "cannot read $join_file"
    read_join_file <"$join_file"
  fi
}

identify() {
  # After kubeadm reset the next kubeadm init needs super-admin.conf again.
  if [ "$role" = init ] && { [ -n "$member" ] || [ -e "$root/etc/kubernetes/manifests/kube-vip.yaml" ]; }; then
    finalized=$state_finalized
  fi
  if [ -n "$rank" ]; then
    [ -n "$rank_chosen" ] || rank=${state_rank:-$rank}
    [ -n "$virtual_router_id_chosen" ] || virtualRouterID=${state_virtual_router_id:-$virtualRouterID}
    priority=$((250 - 30 * (rank < 8 ? rank : 8)))
  fi
  if [ -z "$interface" ]; then
    interface=$(ip -o addr show to "$own_address" 2>/dev/null | while read -r _ name _; do
      printf '%s' "${name%%@*}"
      break
    done)
  fi
  interface_json=null
  [ -z "$interface" ] || interface_json="\"$interface\""
}

find_stale() {
  for entry in $state_files; do
    path=${entry%%:*}
    case $newline$planned_paths in
    *"$newline$path$newline"*) ;;
    *)
      recorded "$path"
      if [ -e "$root$path" ] || [ -L "$root$path" ]; then
        present_hash=''
        if [ -f "$root$path" ] && [ ! -L "$root$path" ]; then
          present_hash=$(sha256sum <"$root$path")
          present_hash=${present_hash%% *}
        fi
        if [ "$present_hash" != "$recorded_hash" ] && [ "$present_hash" != "${recorded_replaces:-none}" ]; then
          abandoned_paths="$abandoned_paths$path$newline"
          kept_paths="$kept_paths$path$newline"
          continue
        fi
      fi
      case $path in
      /etc/kubernetes/manifests/*) stale_manifests="$stale_manifests$path$newline" ;;
      *) stale_files="$stale_files$path$newline" ;;
      esac
      ;;
    esac
  done
  # Static pods first, since they name the other files.
  stale_paths=$stale_manifests$stale_files
  for path in $stale_paths; do report save Removing "$path"; done
  for path in $abandoned_paths; do report save keeping "$path"; done
}

require_certificate_key() {
  [ -n "$join_file" ] || return 0
  case $newline$incomplete_paths$kept_paths in
  *"$newline/etc/kubeadm-ha/kubeadm.yaml$newline"*)
    foreign_join_file "the join file has no certificate key, which $node needs to join as a control-plane node; join-command.sh on the first node prints one"
    ;;
  esac
}

tell_file_problems() {
  about=files
  while read -r name message; do
    [ -z "$name" ] || [ -n "$adopt" ] || problem error "$name" "$message"
  done <<END
$foreign_problems
END
  [ -z "$interface_needed" ] || add_problem error Interface "$interface_missing"
  while read -r name message; do
    [ -z "$name" ] || add_problem error "$name" "$message"
  done <<END
$impossible_problems
END
}

print_dry_run() {
  printf '%s' "$role_line"
  joinToken=${joinToken:+REDACTED} caCertHashes=${caCertHashes:+REDACTED} certificateKey=${certificateKey:+REDACTED}
  for entry in $plan_lines; do
    split_plan_line "$entry"
    if [ "$change" = unchanged ]; then
      printf '[%s] unchanged "%s" (%s)\n' "$phase" "$path" "$mode"
      continue
    fi
    printf '[%s] Would write "%s" (%s):\n' "$phase" "$path" "$mode"
    case " $printers_with_secrets " in
    *" $printer "*) printf '\t%s\n' "$not_shown" ;;
    *)
      "$printer" | while IFS= read -r line || [ -n "$line" ]; do
        printf '%s\n' "${line:+$tab}$line"
      done
      ;;
    esac
  done
  for path in $stale_paths; do printf '[save] Would remove "%s"\n' "$path"; done
}
