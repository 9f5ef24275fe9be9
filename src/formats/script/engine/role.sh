# Deciding whether the node founds the cluster or joins it; the same order as decideRole.

decide_role() {
  if [ -n "$asked" ]; then
    role=$asked
    if [ "$role" = init ]; then role_reason=$reason_init; else role_reason=$reason_join; fi
  elif [ -n "$prepared" ] && [ -n "$member" ]; then
    role=$state_role role_reason=$reason_before
  elif [ "$bootstrap" = load-balancer ]; then
    role=join role_reason=$reason_load_balancer
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
  urls='' separator='' silent='' unknown=''
  for target in $endpoints; do
    url=https://$target
    case $(answers "$url") in
    yes)
      role_reason=$reason_ignored
      problem error ClusterExists "$(message_cluster_exists "$url")"
      return 0
      ;;
    silent) silent=${silent:-$url} ;;
    unknown) unknown=yes ;;
    esac
    urls="$urls$separator$url"
    separator=', '
  done
  if [ -n "$silent" ]; then
    role_reason=$reason_silent
    problem error ClusterExists "$(message_cluster_silent "$silent")"
  elif [ -n "$unknown" ]; then
    role_reason=$reason_nobody_to_ask
    problem error ClusterUnknown "$message_cannot_ask"
  else
    role_reason=$(reason_nothing_answers "$urls")
  fi
}

# answers URL: prints yes where a TLS server answers within three seconds, whatever it answers, silent where one takes the
# connection and says nothing, and no where nobody does, or ends the connection as a load balancer without servers does.
answers() {
  unset http_proxy https_proxy HTTPS_PROXY all_proxy ALL_PROXY
  if command -v curl >/dev/null 2>&1; then
    ask_with_curl "$1"
    return 0
  fi
  said=''
  if command -v wget >/dev/null 2>&1; then
    said=$(ask_with_wget "$1")
    case $said in
    '' | unknown) ;;
    *)
      echo "$said"
      return 0
      ;;
    esac
  fi
  if command -v openssl >/dev/null 2>&1; then
    # What it has said so far is lost otherwise.
    unbuffered=''
    command -v stdbuf >/dev/null 2>&1 && unbuffered='stdbuf -o0'
    # shellcheck disable=SC2086 # words
    said=$(timeout 3 $unbuffered openssl s_client -connect "${1#https://}" </dev/null 2>/dev/null)
    case $?:$said in
    0:*) echo yes ;;
    124:CONNECTED*) echo silent ;;
    *) echo no ;;
    esac
  elif command -v bash >/dev/null 2>&1; then
    target=${1#https://}
    host=${target%:*}
    host=${host#[}
    # bash speaks no TLS: whatever takes a connection and waits for words is a cluster to it, which errs on the safe side.
    # shellcheck disable=SC2016 # bash fills in its own arguments
    timeout 3 bash -c 'exec 3<>"/dev/tcp/$1/$2" && read -r -t 1 -n 1 -u 3' bash "${host%]}" "${target##*:}" 2>/dev/null
    # Above 128 the second was over.
    case $? in
    0 | 1[3-9]? | 129) echo yes ;;
    *) echo no ;;
    esac
  else
    echo unknown
  fi
}

# What --write-out knows of connections differs from version to version; that TLS begins is told by all.
ask_with_curl() {
  said=$(curl --insecure --verbose --silent --output /dev/null --max-time 3 "$1/version" 2>&1)
  case $?:$said in
  0:* | *'SSL connection using'*) echo yes ;;
  28:*ALPN*) echo silent ;;
  *) echo no ;;
  esac
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
  124:*' connected.'*) echo silent ;;
  # SIGPIPE: the connection ended before BusyBox's had asked.
  141:*) echo no ;;
  # BusyBox's says the same whether it has a connection or not.
  124:* | *'not an http'* | *"can't execute"*) echo unknown ;;
  *) if [ "$status" -lt 126 ]; then echo no; else echo unknown; fi ;;
  esac
}
