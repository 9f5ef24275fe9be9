import { parseAddress } from "../../net/address.ts";
import type { YamlObject } from "../../model/kubernetes.ts";
import type { FileRule, Hit, RuleContext } from "../rule.ts";
import { complaints } from "./complaints.ts";
import { hitAt, ownDocuments, textAt } from "./documents.ts";
import { virtualAddresses } from "./surroundings.ts";

export const KD15: FileRule = {
  id: "KD15",
  name: "advertise-address",
  scope: "kubeadm",
  severity: "error",
  summary: "advertiseAddress is an address of the node itself: no name, no virtual IP, nothing special.",
  reason:
    "etcd's peers and the kubernetes service use it, and a virtual IP moves away from the node (https://github.com/kubernetes/kubeadm/issues/1685)",
  remedy: "write the node's own address in the network of the nodes",
  check: (documents, context) => [
    ...complaints(documents, context, ["address"]),
    ...ownDocuments(documents).flatMap((document) => foreign(document, context)),
  ],
};

function foreign(document: YamlObject, { node }: RuleContext): readonly Hit[] {
  const path = paths.find(([kind]) => kind === document.kind)?.[1] ?? [];
  const address = parseAddress(textAt(document, path) ?? "");
  if (address === undefined) return [];
  const place = { document, path };
  if (virtualAddresses(node).some(({ text }) => text === address.text))
    return [
      hitAt(place, {
        message: `${address.text} is the virtual IP, which moves between nodes`,
        remedy: "write the node's own address",
      }),
    ];
  const own = node.keepalived
    .flatMap(({ instances }) => instances.flatMap(({ unicastSource }) => unicastSource?.value ?? []))
    .flatMap((text) => parseAddress(text) ?? [])
    .filter(({ family }) => family === address.family);
  if (own.length === 0 || own.some(({ text }) => text === address.text)) return [];
  const addresses = own.map(({ text }) => text).join(", ");
  return [
    hitAt(place, {
      severity: "warning",
      message: `is ${address.text}, but keepalived of this machine sends from ${addresses}`,
      remedy: `write ${addresses}, if it is the same network`,
    }),
  ];
}

const paths: readonly (readonly [kind: string, path: readonly string[]])[] = [
  ["InitConfiguration", ["localAPIEndpoint", "advertiseAddress"]],
  ["JoinConfiguration", ["controlPlane", "localAPIEndpoint", "advertiseAddress"]],
];
