# Options of the node script: those of kubeadm-ha prepare that a node needs.

usage() {
  cat <<'END'
Prepares this machine for kubeadm: checks it, writes its files, and tells what to type next.

  --init                          this node founds the cluster, whatever answers at the endpoint
  --join                          this node joins the cluster
  --join-command-file FILE        join secrets; - for standard input (default: /run/kubeadm-ha/join)
  --ignore-preflight-errors LIST  checks whose errors become warnings; all for every one
  --adopt                         take the place of foreign files, which are kept for reset
  --dry-run                       print what would be done, and change nothing
  --rootfs DIR                    directory that holds the machine's files (default: /)
END
}

read_options() {
  while [ $# -gt 0 ]; do
    option=$1
    shift
    case $option in
    --init=* | --join=* | --adopt=* | --dry-run=*) wrong_usage "${option%%=*} takes no value" ;;
    --join-command-file=* | --ignore-preflight-errors=* | --rootfs=*)
      value=${option#*=}
      option=${option%%=*}
      ;;
    --join-command-file | --ignore-preflight-errors | --rootfs)
      [ $# -gt 0 ] || wrong_usage "$option needs a value"
      value=$1
      shift
      ;;
    *) value=-yes ;;
    esac
    [ -n "$value" ] || wrong_usage "$option needs a value"
    case $option in
    --init | --join)
      [ -z "$asked" ] || [ "$asked" = "${option#--}" ] || wrong_usage '--init and --join exclude each other'
      asked=${option#--}
      ;;
    --join-command-file) join_command_file=$value ;;
    --ignore-preflight-errors)
      ignored_text=$value
      ignored=$(printf '%s' "$value" | tr '[:upper:]' '[:lower:]' | tr -d '[:space:]')
      ;;
    --adopt) adopt=yes ;;
    --dry-run) dry_run=yes ;;
    --rootfs)
      root=$value
      while [ "$root" != "${root%/}" ]; do root=${root%/}; done
      [ -d "$value" ] || {
        printf 'error: there is no directory %s\n' "$value" >&2
        exit 3
      }
      ;;
    --help | -h)
      usage
      exit 0
      ;;
    *) wrong_usage "there is no option $option here; --help lists them" ;;
    esac
  done
  [ "$asked" != init ] || [ -z "$join_command_file" ] ||
    wrong_usage '--init and --join-command-file exclude each other'
  case ",$ignored," in
  *,all,*)
    for name in $(printf '%s' "$ignored" | tr , ' '); do
      [ "$name" = all ] ||
        wrong_usage "--ignore-preflight-errors \"$ignored_text\": don't specify individual checks if 'all' is used"
    done
    ignored=all
    ;;
  esac
  case $asked:$bootstrap in
  init:worker) wrong_usage "$node is a worker: it joins, and cannot found a cluster" ;;
  init:load-balancer) wrong_usage "$node is a load balancer: it cannot found a cluster" ;;
  esac
}

wrong_usage() {
  printf 'error: %s\n' "$1" >&2
  exit 2
}
