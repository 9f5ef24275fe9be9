import type { Problem, Rule } from "../../config/rule.ts";
import type { ClusterSpec } from "../../config/spec.ts";
import { addressBits, type Prefix, parsePrefix, prefixContains } from "../../net/address.ts";
import { findArgument } from "../arguments.ts";
import { serviceNetwork } from "../service-network.ts";
import { type Place, placeOf, problemAt } from "./at.ts";

/** kubeadm's own limits for the networks of pods and services. */
export const subnets: Rule = {
  id: "kubeadm-subnets",
  summary: "podSubnet and serviceSubnet are one network, or one of each family, of a size that kubeadm accepts",
  reason:
    "kubeadm refuses others; the service network is held in a bitmap, the pod network is cut into one piece a node (https://github.com/kubernetes/kubernetes/blob/master/cmd/kubeadm/app/apis/kubeadm/validation/validation.go)",
  check: (spec) => ["serviceSubnet", "podSubnet"].flatMap((key) => checkSubnets(spec, key)),
};

/** A VIP that pods or services may have too is answered by the wrong one. */
export const vipOutsideSubnets: Rule = {
  id: "vip-in-cluster-network",
  summary: "no virtual IP lies in the pod or service network",
  reason: "kube-proxy or the pod network would answer for it on every node",
  check(spec) {
    const service = placeOf(spec, "ClusterConfiguration", ["networking", "serviceSubnet"]);
    const networks = [
      ...networksOf(service),
      ...networksOf(placeOf(spec, "ClusterConfiguration", ["networking", "podSubnet"])),
      ...(service === undefined
        ? [
            {
              prefix: parsePrefix(serviceNetwork(spec).text),
              text: `${serviceNetwork(spec).text} (kubeadm's default serviceSubnet)`,
            },
          ]
        : []),
    ];
    return spec.virtualIP.addresses.flatMap((address, index) =>
      networks
        .filter(({ prefix }) => prefix !== undefined && prefixContains(prefix, address))
        .map(({ text }) => ({
          severity: "error" as const,
          path: `virtualIP.addresses[${index}]`,
          message: `${address.text} lies in ${text}`,
          remedy: "choose a free address of the nodes' network, or another podSubnet or serviceSubnet",
        })),
    );
  },
};

interface Network {
  readonly prefix: Prefix | undefined;
  readonly text: string;
}

function networksOf(place: Place | undefined): readonly Network[] {
  if (typeof place?.value !== "string" || place.value === "") return [];
  return place.value
    .split(",")
    .map((text) => ({ prefix: parsePrefix(text), text: `${text} (${place.path.join(".")})` }));
}

function checkSubnets(spec: ClusterSpec, key: string): readonly Problem[] {
  const place = placeOf(spec, "ClusterConfiguration", ["networking", key]);
  const networks = networksOf(place);
  if (place === undefined || networks.length === 0) return [];
  const error = (message: string, remedy: string): Problem => problemAt(place, { severity: "error", message, remedy });
  if (networks.some(({ prefix }) => prefix === undefined))
    return [
      error(
        `"${String(place.value)}" is not a list of networks`,
        "write ADDRESS/LENGTH, or one of each family with a comma and no space between",
      ),
    ];
  const prefixes = networks.flatMap(({ prefix }) => prefix ?? []);
  const families = new Set(prefixes.map(({ address }) => address.family));
  if (prefixes.length > 2 || families.size < prefixes.length)
    return [error("has more than one network of a family", "write one network, or one of each family")];
  return prefixes.flatMap((prefix) =>
    (key === "serviceSubnet" ? serviceProblem(prefix) : podProblem(spec, prefix)).map(([message, remedy]) =>
      error(message, remedy),
    ),
  );
}

type Complaint = readonly [message: string, remedy: string];

function serviceProblem({ address, length }: Prefix): readonly Complaint[] {
  const bits = addressBits(address.family) - length;
  if (bits > 20)
    return [
      [
        `${address.text}/${length} is larger than kubeadm allows`,
        `write /${addressBits(address.family) - 20} or longer`,
      ],
    ];
  return bits < 4
    ? [
        [
          `${address.text}/${length} has fewer than 10 addresses`,
          `write /${addressBits(address.family) - 4} or shorter`,
        ],
      ]
    : [];
}

function podProblem(spec: ClusterSpec, { address, length }: Prefix): readonly Complaint[] {
  const args = placeOf(spec, "ClusterConfiguration", ["controllerManager", "extraArgs"])?.value;
  if (findArgument(args, "allocate-node-cidrs")?.value === "false") return [];
  const size = findArgument(args, `node-cidr-mask-size-ipv${address.family}`)?.value;
  const nodeMask = size === undefined ? (address.family === 4 ? 24 : 64) : Number(size);
  if (addressBits(address.family) - length < 4)
    return [[`${address.text}/${length} has fewer than 14 addresses`, "write a larger network"]];
  if (length > nodeMask)
    return [
      [
        `${address.text}/${length} is smaller than the /${nodeMask} that each node gets`,
        `write /${nodeMask} or shorter, or set node-cidr-mask-size-ipv${address.family}`,
      ],
    ];
  if (nodeMask - length > 16)
    return [
      [`${address.text}/${length} holds more than 65536 networks of /${nodeMask}`, `write /${nodeMask - 16} or longer`],
    ];
  return [];
}
