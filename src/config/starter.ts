import { UserError } from "../errors.ts";
import { nearest } from "./did-you-mean.ts";
import { stacks } from "./flags.ts";
import { apiVersion, kind } from "./schema.ts";

/** A first ha.yaml for a stack: complete and valid, with example addresses to replace. */
export function starter(stack: string): string {
  const names = Object.keys(stacks);
  const providers = Object.hasOwn(stacks, stack) ? stacks[stack as keyof typeof stacks] : undefined;
  if (providers === undefined) {
    const meant = nearest(stack, names);
    throw new UserError(
      `--stack ${stack} is unknown; ${meant === undefined ? `there are ${names.join(", ")}` : `did you mean ${meant}?`}`,
    );
  }
  const { virtualIP, loadBalancer } = providers;
  return `${head}${virtualIP === "none" ? externalText : ownText(virtualIP, loadBalancer)}nodes:                                 # the first one founds the cluster
- {name: cp1, addresses: [192.168.10.11]}
- {name: cp2, addresses: [192.168.10.12]}
- {name: cp3, addresses: [192.168.10.13]}
# - {name: worker1, addresses: [192.168.10.21], role: worker}
`;
}

const head = `# The control plane of one cluster. Check it with: kubeadm-ha validate ha.yaml
apiVersion: ${apiVersion}
kind: ${kind}
kubernetesVersion: v1.36.3             # the release that kubeadm installs
`;

const externalText = `controlPlaneEndpoint: api.example.com:6443  # where clients reach the balancer: it cannot be changed later
loadBalancer:
  provider: external                   # somebody else's: RUNBOOK.md says what it must do
`;

function ownText(virtualIP: string, loadBalancer: string): string {
  return `# controlPlaneEndpoint: api.example.com  # a DNS name for the virtual IP, if there is one: it cannot be added later
virtualIP:
  provider: ${virtualIP}
  addresses: [192.168.10.100/24]       # a free address of the nodes' network; /24 is for checking
  interface: eth0                      # as \`ip link\` shows it; a node may have its own
${loadBalancer === "none" ? "" : `loadBalancer:\n  provider: ${loadBalancer}\n  port: 8443                           # 6443 is the API server's on the same machine\n`}failover: balanced                     # conservative, balanced or fast
`;
}
