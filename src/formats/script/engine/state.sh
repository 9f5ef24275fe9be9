# The state that runs leave for the next one; the text is that of stateText.

read_state() {
  state_file=$root/etc/kubeadm-ha/state.json
  [ -e "$state_file" ] || return 0
  [ ! -d "$state_file" ] || fail 'cannot read /etc/kubeadm-ha/state.json: it is a directory'
  list=''
  while IFS= read -r line; do
    value=${line#*: \"}
    value=${value%\",}
    case $line in
    '  "version": '*) state_version=${line#*: } ;;
    '  "node": "'*) state_node=$value ;;
    '  "role": "'*) state_role=$value ;;
    '  "virtualIP": {"provider": "'*)
      state_virtual_ip=${line#*provider\": \"}
      state_virtual_ip=${state_virtual_ip%%\"*}
      ;;
    '  "loadBalancer": {"provider": "'*)
      state_load_balancer=${line#*provider\": \"}
      state_load_balancer=${state_load_balancer%%\"*}
      ;;
    '  "virtualRouterID": null,' | '  "rank": null,') ;;
    '  "virtualRouterID": '*)
      state_virtual_router_id=${line#*: }
      state_virtual_router_id=${state_virtual_router_id%,}
      ;;
    '  "rank": '*)
      state_rank=${line#*: }
      state_rank=${state_rank%,}
      ;;
    '  "finalized": true,') state_finalized=true ;;
    '  "directories": ['*) list=directories ;;
    '  "adopted": ['*) list=adopted ;;
    '  "files": ['*) list=files ;;
    '    {"path": "'*) remember_file "$line" ;;
    '    "/'*)
      value=${line#*\"}
      value=${value%%\"*}
      if [ "$list" = directories ]; then
        state_directories="$state_directories$value$newline"
      else
        state_adopted="$state_adopted$value$newline"
      fi
      ;;
    '}') prepared=yes ;;
    esac
  done <"$state_file"
  [ -n "$prepared" ] ||
    fail '/etc/kubeadm-ha/state.json is damaged (the file): put it back from a backup, or move it away and give --adopt'
  [ "$state_version" = 1, ] ||
    fail '/etc/kubeadm-ha/state.json is of another version than 1: use the kubeadm-ha that wrote it, or a newer one'
}

# Kept as words PATH:MODE:HASH:HASH, of which the last is empty unless a run was cut short.
remember_file() {
  file_path=${1#*path\": \"}
  file_path=${file_path%%\"*}
  # What is removed on the strength of this file must lie where we write.
  case $file_path in
  *[!A-Za-z0-9_./@+-]* | */../* | */..) file_path='' ;;
  /etc/* | /run/*) ;;
  *) file_path='' ;;
  esac
  [ -n "$file_path" ] ||
    fail '/etc/kubeadm-ha/state.json is damaged (files): put it back from a backup, or move it away and give --adopt'
  file_mode=${1#*mode\": \"}
  file_mode=${file_mode%%\"*}
  file_hash=${1#*sha256\": \"}
  file_hash=${file_hash%%\"*}
  file_replaces=''
  case $1 in
  *'"replaces": "'*)
    file_replaces=${1#*replaces\": \"}
    file_replaces=${file_replaces%%\"*}
    ;;
  esac
  state_files="$state_files$file_path:$file_mode:$file_hash:$file_replaces$newline"
}

# recorded PATH: sets recorded_hash and recorded_replaces; fails for what is not ours.
recorded() {
  for entry in $state_files; do
    [ "${entry%%:*}" = "$1" ] || continue
    recorded_hash=${entry#*:*:}
    recorded_replaces=${recorded_hash#*:}
    recorded_hash=${recorded_hash%%:*}
    return 0
  done
  recorded_hash='' recorded_replaces=''
  return 1
}

print_list() {
  if [ -z "$2" ]; then
    printf '  "%s": [],\n' "$1"
    return 0
  fi
  printf '  "%s": [\n' "$1"
  separator=''
  for path in $2; do
    printf '%s    "%s"' "$separator" "$path"
    separator=",$newline"
  done
  printf '\n  ],\n'
}

# print_entries ENTRIES: words PATH:MODE:HASH:HASH, in the order of their paths.
print_entries() {
  if [ -z "$1" ]; then
    printf '  "files": []\n}\n'
    return 0
  fi
  printf '  "files": [\n'
  separator=''
  for entry in $(printf '%s' "$1" | sort); do
    rest=${entry#*:}
    printf '%s    {"path": "%s", "mode": "%s"' "$separator" "${entry%%:*}" "${rest%%:*}"
    rest=${rest#*:}
    printf ', "sha256": "%s"' "${rest%%:*}"
    rest=${rest#*:}
    [ -z "$rest" ] || printf ', "replaces": "%s"' "$rest"
    printf '}'
    separator=",$newline"
  done
  printf '\n  ]\n}\n'
}
