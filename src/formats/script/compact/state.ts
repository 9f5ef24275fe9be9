import { stateHeadLines, type StateHead } from "../../../plan/state.ts";
import { expandingDocument } from "./expanding.ts";

/** The function that prints the state: the same text as `stateText`, with what only the machine knows filled in. */
export function stateFunction(head: StateHead): string {
  const { virtualIP } = head;
  const lines = stateHeadLines({
    ...head,
    virtualIP: { ...virtualIP, interface: virtualIP.interface ?? interfaceMark },
  });
  const text = `${lines.join("\n")}\n`.replace(/^( {2}"role": ").*(",)$/m, `$1${roleMark}$2`);
  return `state_text() {\n${expandingDocument(text, [
    [JSON.stringify(interfaceMark), interfaceValue],
    [roleMark, "${role}"],
    [JSON.stringify(nodeMark), '"${node}"'],
  ])}\nlist_directories\nlist_files\n}`;
}

/** In place of the name of a machine that only itself knows. */
export const nodeMark = "KUBEADM_HA_NODE";

// null without a value, as JSON has it.
const interfaceValue = '$([ -n "$interface" ] && printf \'"%s"\' "$interface" || echo null)';
const interfaceMark = "KUBEADM_HA_INTERFACE";
const roleMark = "KUBEADM_HA_ROLE";
