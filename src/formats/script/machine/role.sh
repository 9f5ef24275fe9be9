# no_cluster_at HOST:PORT HOST/PORT: a machine that is set up again must never found a second cluster. bash knows no TLS:
# whatever takes connections is a cluster to it, which errs on the safe side. A boot must not wait for nobody.
no_cluster_at() {
  if command -v curl >/dev/null; then
    curl -ksm1.5 --noproxy '*' -o /dev/null "https://$1"
  else
    timeout 1.5 bash -c ": </dev/tcp/$2" 2>/dev/null
  fi
  case $? in
  0) refuse "https://$1 answers: there is a cluster; to join it, bring $join_file" ;;
  12[67]) refuse "no curl and no bash to ask https://$1" ;;
  esac
}
