# Looking at the places of the files, staging them, and bringing them there.

# planned FUNCTION PHASE MODE PATH [FACT...]: runs once for each file of the plan, by each_file.
sort_out() {
  printer=$1 phase=$2 mode=$3 path=$4
  shift 4
  planned_paths="$planned_paths$path$newline"
  if [ "$path" = "$lacks_secrets" ] && recorded "$path"; then
    kept_paths="$kept_paths$path$newline"
    report "$phase" keeping "$path"
    return 0
  fi
  for fact in "$@"; do
    eval "value=\$$fact"
    # shellcheck disable=SC2154 # set by eval
    [ -z "$value" ] || continue
    if recorded "$path"; then
      kept_paths="$kept_paths$path$newline"
      report "$phase" keeping "$path"
      return 0
    fi
    [ "$fact" != interface ] || interface_needed=yes
    incomplete_paths="$incomplete_paths$path$newline"
    return 0
  done
  new_hash=$("$printer" | sha256sum)
  new_hash=${new_hash%% *}
  look_at "$path" "$mode" "$new_hash"
  entries="$entries$path:$mode:$new_hash:$newline"
  case $change in
  unchanged) report "$phase" unchanged "$path" ;;
  *) report "$phase" Writing "$path" ;;
  esac
  plan_lines="$plan_lines$change:$printer:$phase:$mode:$path:$new_hash:$present_hash$newline"
}

report() {
  reported="${reported}[$1] $2 \"$3\"$newline"
}

# look_at PATH MODE HASH: sets change to new, unchanged, changed or foreign, and tells what is wrong.
look_at() {
  change=new present_hash=''
  parent=${1%/*}
  while [ -n "$parent" ]; do
    if [ -L "$root$parent" ] && { [ -n "$root" ] || case $parent in /etc/kubeadm-ha*) true ;; *) false ;; esac; }; then
      foreign_file "$1" parent-link
      return 0
    fi
    if [ -e "$root$parent" ] && [ ! -d "$root$parent" ]; then
      foreign_file "$1" parent
      return 0
    fi
    parent=${parent%/*}
  done
  if [ -L "$root$1" ]; then
    foreign_file "$1" link
  elif [ -d "$root$1" ]; then
    foreign_file "$1" directory
  elif [ -e "$root$1" ] && [ ! -f "$root$1" ]; then
    foreign_file "$1" special
  elif [ -e "$root$1" ]; then
    look_at_file "$1" "$2" "$3"
  fi
}

look_at_file() {
  present_hash=$(sha256sum <"$root$1") || fail "cannot read $1"
  present_hash=${present_hash%% *}
  recorded "$1" && known=yes || known=''
  if [ "$present_hash" != "$3" ] && [ "$present_hash" != "$recorded_hash" ] &&
    [ "$present_hash" != "${recorded_replaces:-none}" ]; then
    if [ -n "$known" ]; then foreign_file "$1" changed; else foreign_file "$1" foreign; fi
  elif [ "$(stat -c %u "$root$1")" != "$(id -u)" ]; then
    foreign_file "$1" owner
  elif [ "$present_hash" = "$3" ] && [ "0$(stat -c %a "$root$1")" = "$2" ]; then
    change=unchanged
  else
    change=changed
  fi
}

# foreign_file PATH KIND
foreign_file() {
  name=ForeignFile-$(printf '%s' "$1" | tr / -)
  message="\"$1\" $(foreign_file_reason "$2")"
  case $2 in
  foreign | changed | owner)
    change=foreign
    foreign_problems="$foreign_problems$name $message$newline"
    ;;
  *) impossible_problems="$impossible_problems$name $message$newline" ;;
  esac
}

# The dot-file of a path: kubelet and keepalived ignore it, and a rename stays on one file system.
staged_path() {
  printf '%s/.%s.new' "${1%/*}" "${1##*/}"
}

make_parents() {
  above='' rest=${1#/}
  while :; do
    case $rest in
    */*) ;;
    *) return 0 ;;
    esac
    above=$above/${rest%%/*}
    rest=${rest#*/}
    [ ! -d "$root$above" ] || continue
    case $above in
    /etc/kubernetes/manifests | /etc/kubeadm-ha/adopted*) above_umask=077 ;;
    *) above_umask=022 ;;
    esac
    # Before it is made: between the two a signal could come.
    made_directories="$made_directories$above$newline"
    # It has its mode from the first moment: a chmod after it might never come.
    (umask "$above_umask" && mkdir "$root$above") 2>/dev/null ||
      fail "cannot write below ${root:-/}: cannot make $above"
  done
}

# missing_parents PATH: adds the directories above it that are not there.
missing_parents() {
  above=${1%/*}
  while [ -n "$above" ]; do
    [ -d "$root$above" ] || missing_directories="$missing_directories$above$newline"
    above=${above%/*}
  done
}

# stage PATH MODE COMMAND...: what the command prints, complete on disk beside its place.
stage() {
  stage_path=$1 stage_mode=$2
  shift 2
  temporary=$root$(staged_path "$stage_path")
  make_parents "$stage_path"
  rm -f "$temporary"
  staged="$staged$stage_path$newline"
  # The end of a line at the end of a text would be lost.
  stage_text=$("$@" && echo x)
  stage_text=${stage_text%x}
  # Nobody may read a secret between creation and chmod; a link in its place is not followed.
  (
    umask 077
    set -C
    printf '%s' "$stage_text" >"$temporary"
  ) 2>/dev/null || fail "cannot write below ${root:-/}: cannot write $temporary"
  [ "$(sha256sum <"$temporary")" = "$(printf '%s' "$stage_text" | sha256sum)" ] ||
    fail "cannot write below ${root:-/}: $stage_path did not arrive whole"
  { chmod "$stage_mode" "$temporary" && flush "$temporary"; } 2>/dev/null ||
    fail "cannot write below ${root:-/}: cannot write $temporary"
}

flush() {
  sync "$@" 2>/dev/null || sync
}

# place PATH [AS]: a reader sees the old file or the new one, whole.
place() {
  mv -f "$root$(staged_path "$1")" "$root${2:-$1}" || fail "cannot write below ${root:-/}: cannot rename to ${2:-$1}"
}

# Which files change, and which directories that takes.
sort_changes() {
  missing_parents /etc/kubeadm-ha/state.json
  for entry in $plan_lines; do
    split_plan_line "$entry"
    [ "$change" != unchanged ] || continue
    something_changed=yes
    missing_parents "$path"
    [ "$change" = foreign ] || continue
    newly_adopted="$newly_adopted$path$newline"
    missing_parents "/etc/kubeadm-ha/adopted$path"
  done
}

stage_files() {
  for entry in $plan_lines; do
    split_plan_line "$entry"
    [ "$change" = unchanged ] || stage "$path" "$mode" "$printer"
  done
  for path in $newly_adopted; do
    copy=/etc/kubeadm-ha/adopted$path
    make_parents "$copy"
    temporary=$root$(staged_path "$copy")
    rm -f "$temporary"
    staged="$staged$copy$newline"
    { cp -p "$root$path" "$temporary" && flush "$temporary"; } 2>/dev/null ||
      fail "cannot write below ${root:-/}: cannot keep $path"
  done
}

split_plan_line() {
  rest=$1
  change=${rest%%:*} rest=${rest#*:}
  printer=${rest%%:*} rest=${rest#*:}
  phase=${rest%%:*} rest=${rest#*:}
  mode=${rest%%:*} rest=${rest#*:}
  path=${rest%%:*} rest=${rest#*:}
  new_hash=${rest%%:*} present_hash=${rest#*:}
}

# Everything is staged. A journal says what will be ours, old or new; then there are only renames,
# which need no space, and each of which leaves a state that the next run can finish from.
place_files() {
  # From here on, half of the work would be worse than all of it.
  trap '' INT TERM HUP
  touched=''
  for path in $newly_adopted; do
    place "/etc/kubeadm-ha/adopted$path"
    touched="$touched $root/etc/kubeadm-ha/adopted${path%/*}"
  done
  place /etc/kubeadm-ha/journal /etc/kubeadm-ha/state.json
  # shellcheck disable=SC2086 # paths without blanks
  flush $touched "$root/etc/kubeadm-ha"
  touched=''
  for entry in $plan_lines; do
    split_plan_line "$entry"
    [ "$change" != unchanged ] || continue
    place "$path"
    touched="$touched $root${path%/*}"
  done
  # shellcheck disable=SC2086 # paths without blanks
  flush $touched "$root/etc/kubeadm-ha"
  for path in $stale_paths; do rm -f "$root$path" || fail "cannot remove $path"; done
  place /etc/kubeadm-ha/state.json
  flush "$root/etc/kubeadm-ha"
}
