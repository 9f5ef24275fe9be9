import { killed, restarted } from "./killed-program.ts";
import { withoutBalancer } from "./targets.ts";

// kubeadm's recipe polls ten times in 30 s, and a configuration without a check never recovers.
const observation = { minimumSeconds: 3, quietSeconds: 2, skip: withoutBalancer, program: "balancer" } as const;

/** The holder's balancer dies and stays away. */
export const balancerKilled = killed({ ...observation, name: "balancer-killed", capSeconds: 38 });

/** The holder's balancer dies and is back after 1 s. */
export const balancerRestarted = restarted({ ...observation, name: "balancer-restarted", capSeconds: 25 });
