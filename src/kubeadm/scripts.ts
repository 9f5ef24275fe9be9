import texts from "./scripts.generated.json" with { type: "json" };

/** Prints, on the node that founded the cluster, what the others need to join. */
export const joinCommandScript: string = texts["join-command.sh"];

/** Moves the first node's kube-vip from super-admin.conf to admin.conf. */
export const finalizeScript: string = texts["finalize.sh"];
