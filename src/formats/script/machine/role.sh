# no_cluster_at HOST:PORT HOST/PORT SECONDS: a machine that is set up again must never found a second cluster. What takes a
# connection and says nothing may be an API server that hangs; a load balancer without servers ends the connection. bash
# knows no TLS: whatever waits for words is a cluster to it (142), which errs on the safe side. A boot must not wait for
# nobody, and of a connection curl tells that TLS begins.
no_cluster_at() {
  said=''
  if command -v curl >/dev/null; then
    said=$(curl -kvsm"$3" --noproxy '*' -o /dev/null "https://$1" 2>&1)
  else
    timeout "$3" bash -c "read -rt.2 -n1 </dev/tcp/$2" 2>/dev/null
  fi
  case $?$said in
  0*) refuse "https://$1 answers: there is a cluster; to join it, bring $join_file" ;;
  28*ALPN* | 142) refuse "https://$1 takes connections, but does not answer: mend that cluster; to join it, bring $join_file" ;;
  12[67]) refuse "no curl and no bash to ask https://$1" ;;
  esac
}
