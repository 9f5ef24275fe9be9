import type { ClusterSpec } from "../../config/spec.ts";
import { generatedBy } from "../../render/generated-by.ts";
import { redirectDirectory, redirectFamilies, redirectRulesPath, redirectTable } from "./rules.ts";

export const redirectScriptPath = `${redirectDirectory}/redirect.sh`;

/** Keeps the rules while the balancer of this node works: what runs as the service. */
export function redirectScript(spec: ClusterSpec): string {
  const { provider, port, redirectFrom, healthPort } = spec.loadBalancer;
  const ofEach = (verb: string): string =>
    redirectFamilies(spec)
      .map((family) => `  nft ${verb} table ${family} ${redirectTable} 2>/dev/null`)
      .join("\n");
  return `#!/bin/bash
# ${generatedBy}
#
# Leads port ${redirectFrom} of the virtual IP to ${provider} on port ${port} as long as ${provider} on this node answers.
# While it does not, connections to port ${redirectFrom} go where they would go without this program: to the API
# server of this node, if that is its port. Connections that are open end with ${provider}.
#
# Needs nft. bash itself holds the connections: there is nothing to install for that.
PATH=/usr/sbin:/usr/bin:/sbin:/bin
# ${provider} may close a connection before it was asked.
trap '' PIPE

# Whether ${provider} says within half a second that it works.
answers() {
  local line=''
  { exec 3<>/dev/tcp/127.0.0.1/${healthPort}; } 2>/dev/null || return 1
  printf 'GET /livez HTTP/1.0\\r\\n\\r\\n' 2>/dev/null >&3
  IFS= read -r -t 0.5 line 2>/dev/null <&3
  exec 3<&-
  [[ $line == "HTTP/1."?" 200"* ]]
}

# Holds a connection for most of a second: the kernel ends it the moment ${provider} dies.
hold() {
  { exec 3<>/dev/tcp/127.0.0.1/${healthPort}; } 2>/dev/null || return 1
  read -r -t 0.9 2>/dev/null <&3
  exec 3<&-
}

# Chains without rules stay: without any the kernel would no longer translate open connections, and
# the last packets of ${provider}'s end would not reach their clients.
withdraw() {
${ofEach("flush")}
  redirected=''
}

remove() {
${ofEach("delete")}
}

trap 'exit 0' INT TERM
trap remove EXIT
redirected='' again=0
while :; do
  if answers; then
    # Every ten seconds anew: a firewall that is reloaded may have flushed what is not its own.
    if [[ -z $redirected ]] || ((SECONDS >= again)); then
      nft -f ${redirectRulesPath} && redirected=yes
      again=$((SECONDS + 10))
    fi
    hold
  else
    [[ -z $redirected ]] || withdraw
    sleep 0.2
  fi
done
`;
}
