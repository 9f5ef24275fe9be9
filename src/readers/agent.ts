import { readImage } from "../config/image.ts";
import type { Container } from "./pod.ts";

/** A program that holds a virtual IP or balances connections on a node. */
export type Agent = "kube-vip" | "keepalived" | "haproxy" | "nginx";

/** Which of them a container runs, told by its image, else by its name, else by what it starts. */
export function agentOf(container: Container): Agent | undefined {
  const { program } = readImage(container.image.text ?? "");
  if (program.startsWith("kube-vip-cloud-provider")) return undefined;
  for (const name of [program, container.name, commandName(container)]) {
    const [, agent] = agentName.exec(name) ?? [];
    if (agent !== undefined) return agent as Agent;
  }
  return container.environment.some(({ name }) => name === "vip_arp" || name === "vip_interface")
    ? "kube-vip"
    : undefined;
}

const agentName = /(?:^|[-_.])(kube-vip|keepalived|haproxy|nginx)(?:$|[-_.])/;

function commandName({ words }: Container): string {
  return (words[0]?.text ?? "").split("/").at(-1) ?? "";
}
