# Deciding whether the node founds the cluster or joins it; the same order as decideRole.

decide_role() {
  if [ -n "$asked" ]; then
    role=$asked
    if [ "$role" = init ]; then role_reason=$reason_init; else role_reason=$reason_join; fi
  elif [ -n "$prepared" ] && [ -n "$member" ]; then
    role=$state_role role_reason=$reason_before
  elif [ "$bootstrap" = worker ]; then
    role=join role_reason=$reason_worker
  elif [ "$bootstrap" = join ]; then
    role=join role_reason=$reason_not_first
  elif [ -n "$join_file" ]; then
    role=join role_reason=$reason_join_file
  else
    role=init
    ask_for_cluster
  fi
}

ask_for_cluster() {
  urls='' separator=''
  for target in $endpoints; do
    url=https://$target
    case $(answers "$url") in
    yes)
      role_reason=$reason_ignored
      problem error ClusterExists "$(message_cluster_exists "$url")"
      return 0
      ;;
    unknown)
      role_reason=$reason_nobody_to_ask
      problem error ClusterUnknown "$message_cannot_ask"
      return 0
      ;;
    esac
    urls="$urls$separator$url"
    separator=', '
  done
  role_reason=$(reason_nothing_answers "$urls")
}

# answers URL: prints whether a TLS server answers within three seconds, whatever it answers.
answers() {
  unset http_proxy https_proxy HTTPS_PROXY all_proxy ALL_PROXY
  if command -v curl >/dev/null 2>&1; then
    if curl --insecure --silent --output /dev/null --max-time 3 "$1/version"; then echo yes; else echo no; fi
    return 0
  fi
  if command -v wget >/dev/null 2>&1; then
    said=$(ask_with_wget "$1")
    [ "$said" = unknown ] || {
      echo "$said"
      return 0
    }
  fi
  if command -v openssl >/dev/null 2>&1; then
    if timeout 3 openssl s_client -connect "${1#https://}" </dev/null >/dev/null 2>&1; then echo yes; else echo no; fi
  elif command -v bash >/dev/null 2>&1; then
    target=${1#https://}
    host=${target%:*}
    host=${host#[}
    # bash speaks no TLS: whatever takes connections is a cluster to it, which errs on the safe side.
    # shellcheck disable=SC2016 # bash fills in its own arguments
    if timeout 3 bash -c 'exec 3<>"/dev/tcp/$1/$2"' bash "${host%]}" "${target##*:}" 2>/dev/null; then
      echo yes
    else
      echo no
    fi
  else
    echo unknown
  fi
}

# GNU's wget tries twenty times, BusyBox's once; Debian 12's of BusyBox crashes when it is given a limit for TLS.
ask_with_wget() {
  tries=''
  wget --version >/dev/null 2>&1 && tries=--tries=1
  said=$(
    exec 2>&1
    # shellcheck disable=SC2086 # one option or none
    timeout 3 wget $tries --no-check-certificate -O /dev/null "$1/version"
  )
  status=$?
  # A refusal is an answer too, and so is that the two have no cipher in common.
  case $status:$said in
  0:* | *'awaiting response... '[0-9]* | *HTTP/1* | *'TLS error from peer'*) echo yes ;;
  *'not an http'* | *"can't execute"*) echo unknown ;;
  *) if [ "$status" -lt 126 ]; then echo no; else echo unknown; fi ;;
  esac
}
