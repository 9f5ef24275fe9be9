import type { Severity } from "../../findings/finding.ts";
import type { Rule } from "../rule.ts";
import { agentNodes } from "../spec.ts";

/** Files for keepalived name the interface; only what is made on the node itself can find it there. */
export function interfaceMissing(severity: Severity): Rule {
  return {
    id: "interface-missing",
    summary: "keepalived's nodes have a network interface for the virtual IP.",
    reason: "keepalived needs its name in the file, and where files are rendered nothing of the node can be looked up",
    check: (spec) => {
      const without = agentNodes(spec).filter((node) => node.interface === undefined);
      if (spec.virtualIP.provider !== "keepalived" || without.length === 0) return [];
      const message = `no network interface is given for ${without.map(({ name }) => name).join(", ")}`;
      const remedy = "write virtualIP.interface, nodes[].interface or --interface";
      return [{ severity, path: "virtualIP.interface", message, remedy }];
    },
  };
}
