# Reading a join file: the same texts that parseJoinFile understands, and the same words about others.

# Reads standard input into token, hashes and key; a text without them ends the run.
read_join_file() {
  commands=0 lines=0 line_number=0 pending='' is_document='' in_hashes=''
  token='' hashes='' key='' server=''
  document_token='' document_hashes='' document_key='' document_server=''
  while IFS= read -r line || [ -n "$line" ]; do
    line_number=$((line_number + 1))
    line=${line%"$carriage_return"}
    trimmed=$(trim_end "$line")
    [ -z "$trimmed" ] || lines=$line_number
    # The shell joins lines that end in a backslash; so do we before looking for the command.
    case $trimmed in
    *\\)
      pending="$pending${trimmed%?} "
      continue
      ;;
    esac
    read_join_line "$pending$line"
    read_document_line "$line"
    pending=''
  done
  read_join_line "$pending"
  if [ "$commands" -eq 0 ] && [ -n "$is_document" ]; then
    token=$document_token hashes=$document_hashes key=$document_key server=$document_server
    found='a JoinConfiguration'
  elif [ "$commands" -eq 0 ]; then
    if [ "$lines" -eq 0 ]; then found='nothing: the file is empty'; else found="$lines lines without either"; fi
    # shellcheck disable=SC2016 # the command's name, not the command
    not_a_join_file 'holds neither a `kubeadm join` command nor a JoinConfiguration'
  elif [ "$commands" -eq 1 ]; then
    found='a kubeadm join command'
  else
    found="$commands kubeadm join commands"
  fi
  check_join_secrets
}

trim_end() {
  printf '%s' "$1" | {
    IFS= read -r text || true
    while :; do
      case $text in
      *' ' | *"$tab") text=${text%?} ;;
      *) break ;;
      esac
    done
    printf '%s' "$text"
  }
}

# Of several commands the one with a certificate key counts: it serves workers too.
read_join_line() {
  case $1 in
  *kubeadm*join*--token* | *kubeadm*join*--discovery*) ;;
  *) return 0 ;;
  esac
  before='' inside='' flag='' this_token='' this_hashes='' this_key='' this_server=''
  # shellcheck disable=SC2086 # words, without the names of files
  for word in $1; do
    word=$(unquoted "$word")
    if [ -z "$inside" ]; then
      case $before/$word in
      *kubeadm/join) inside=first ;;
      esac
      before=$word
      continue
    fi
    case $word in
    --*=*)
      take_flag "${word%%=*}" "$(unquoted "${word#*=}")"
      flag=''
      ;;
    -*) flag=$word ;;
    *)
      if [ -n "$flag" ]; then take_flag "$flag" "$word"; elif [ "$inside" = first ]; then this_server=$word; fi
      flag=''
      ;;
    esac
    inside=yes
  done
  [ -n "$inside" ] || return 0
  commands=$((commands + 1))
  if [ "$commands" -eq 1 ] || { [ -z "$key" ] && [ -n "$this_key" ]; }; then
    token=$this_token hashes=$this_hashes key=$this_key server=$this_server
  fi
}

take_flag() {
  case $1 in
  --token | --discovery-token) this_token=$2 ;;
  --discovery-token-ca-cert-hash) this_hashes="$this_hashes $(printf '%s' "$2" | tr ',' ' ')" ;;
  --certificate-key) this_key=$2 ;;
  esac
}

# A JoinConfiguration as kubeadm prints it: block style, one value a line.
read_document_line() {
  # shellcheck disable=SC2086 # words, without the names of files
  set -- ${1%%[ "$tab"]#*}
  [ $# -gt 0 ] || return 0
  # Of several documents the first of the kind counts, and nothing of the others.
  if [ "$1" = --- ] && [ -z "$is_document" ]; then
    document_token='' document_hashes='' document_key='' document_server=''
  elif [ "$1" = --- ]; then
    is_document=whole
  fi
  [ "$is_document" != whole ] || return 0
  value=$(unquoted "${2-}")
  if [ -n "$in_hashes" ] && [ "$1" = - ]; then
    document_hashes="$document_hashes $value"
    return 0
  fi
  in_hashes=''
  case $1 in
  kind:) [ "$value" != JoinConfiguration ] || is_document=yes ;;
  token:) document_token=$value ;;
  tlsBootstrapToken:) [ -n "$document_token" ] || document_token=$value ;;
  certificateKey:) document_key=$value ;;
  apiServerEndpoint:) document_server=$value ;;
  caCertHashes:)
    in_hashes=yes
    shift
    document_hashes=$(printf '%s ' "$@" | tr -d '[],' | tr -d "\"'")
    ;;
  esac
}

unquoted() {
  text=$1
  while :; do
    case $text in
    [$quotes]*) text=${text#?} ;;
    *[$quotes]) text=${text%?} ;;
    *) break ;;
    esac
  done
  printf '%s' "$text"
}

check_join_secrets() {
  [ -n "$token" ] || not_a_join_file 'has no token'
  is_token "$token" || not_a_join_file 'has a token that is not of the form abcdef.0123456789abcdef'
  # shellcheck disable=SC2086 # words, without the names of files
  set -- $hashes
  [ $# -gt 0 ] ||
    not_a_join_file "has no hash of the cluster's CA certificate (--discovery-token-ca-cert-hash sha256:…)"
  joined=''
  for hash in "$@"; do
    case $hash in
    sha256:*) is_hexadecimal "${hash#sha256:}" 0-9a-f ;;
    *) false ;;
    esac || not_a_join_file 'has a CA certificate hash that is not sha256: and 64 hexadecimal digits'
    joined="$joined${joined:+, }$hash"
  done
  [ -z "$key" ] || is_hexadecimal "$key" 0-9a-fA-F ||
    not_a_join_file 'has a certificate key that is not 64 hexadecimal digits'
  check_join_endpoint
  joinToken=$token caCertHashes=$joined certificateKey=$key
}

is_token() {
  case $1 in
  *.*.* | *[!a-z0-9.]*) return 1 ;;
  ??????.????????????????) return 0 ;;
  *) return 1 ;;
  esac
}

# is_hexadecimal TEXT DIGITS: 64 of them.
is_hexadecimal() {
  case $1 in
  *[!0-9a-fA-F]*) return 1 ;;
  esac
  case $2$1 in
  0-9a-f*[A-F]*) [ "$2" != 0-9a-f ] || return 1 ;;
  esac
  [ ${#1} -eq 64 ]
}

not_a_join_file() {
  printf 'error: %s: %s; found %s, expected what join-command.sh prints on the first node\n' "$join_file_name" "$1" "$found" >&2
  give_up
  exit 2
}

foreign_join_file() {
  printf 'error: %s: %s\n' "$join_file_name" "$1" >&2
  give_up
  exit 2
}
