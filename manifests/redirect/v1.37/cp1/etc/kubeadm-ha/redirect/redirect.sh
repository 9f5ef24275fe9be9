#!/bin/bash
# Made by kubeadm-ha from ha.yaml: change it there and render again.
#
# Leads port 6443 of the virtual IP to haproxy on port 8443 as long as haproxy on this node answers.
# While it does not, connections to port 6443 go where they would go without this program: to the API
# server of this node, if that is its port. Connections that are open end with haproxy.
#
# Needs nft. bash itself holds the connections: there is nothing to install for that.
PATH=/usr/sbin:/usr/bin:/sbin:/bin
# haproxy may close a connection before it was asked.
trap '' PIPE

# Whether haproxy says within half a second that it works.
answers() {
  local line=''
  { exec 3<>/dev/tcp/127.0.0.1/8405; } 2>/dev/null || return 1
  printf 'GET /livez HTTP/1.0\r\n\r\n' 2>/dev/null >&3
  IFS= read -r -t 0.5 line 2>/dev/null <&3
  exec 3<&-
  [[ $line == "HTTP/1."?" 200"* ]]
}

# Holds a connection for most of a second: the kernel ends it the moment haproxy dies.
hold() {
  { exec 3<>/dev/tcp/127.0.0.1/8405; } 2>/dev/null || return 1
  read -r -t 0.9 2>/dev/null <&3
  exec 3<&-
}

# Chains without rules stay: without any the kernel would no longer translate open connections, and
# the last packets of haproxy's end would not reach their clients.
withdraw() {
  nft flush table ip kubeadm-ha 2>/dev/null
  redirected=''
}

remove() {
  nft delete table ip kubeadm-ha 2>/dev/null
}

trap 'exit 0' INT TERM
trap remove EXIT
redirected='' again=0
while :; do
  if answers; then
    # Every ten seconds anew: a firewall that is reloaded may have flushed what is not its own.
    if [[ -z $redirected ]] || ((SECONDS >= again)); then
      nft -f /etc/kubeadm-ha/redirect/redirect.nft && redirected=yes
      again=$((SECONDS + 10))
    fi
    hold
  else
    [[ -z $redirected ]] || withdraw
    sleep 0.2
  fi
done
