import { addressBits, type AddressFamily, type Prefix, parsePrefix } from "../net/address.ts";
import { findArgument } from "./arguments.ts";

/** What is wrong with a network, in words. */
export interface SubnetSaying {
  readonly message: string;
  readonly remedy: string;
}

/** A network of pods or services, with the controller manager's arguments, which say how it is cut for nodes. */
export interface Subnet {
  readonly key: "podSubnet" | "serviceSubnet";
  readonly value: string;
  readonly args: unknown;
}

/**
 * What kubeadm refuses about a network: each family once, of a size that fits.
 * https://github.com/kubernetes/kubernetes/blob/master/cmd/kubeadm/app/apis/kubeadm/validation/validation.go
 */
export function subnetSaying(subnet: Subnet): readonly SubnetSaying[] {
  const read = subnet.value.split(",").map(parsePrefix);
  const prefixes = read.filter((prefix) => prefix !== undefined);
  if (prefixes.length < read.length)
    return [
      {
        message: `"${subnet.value}" is not a list of networks`,
        remedy: "write ADDRESS/LENGTH, or one of each family with a comma and no space between",
      },
    ];
  const families = new Set(prefixes.map(({ address }) => address.family));
  if (prefixes.length > 2 || families.size < prefixes.length)
    return [{ message: "has more than one network of a family", remedy: "write one network, or one of each family" }];
  return prefixes.flatMap(
    (prefix) => (subnet.key === "serviceSubnet" ? serviceProblem(prefix) : podProblem(prefix, subnet.args)) ?? [],
  );
}

/** How many nodes find a piece in a network of pods; undefined where nobody gives them pieces. */
export function roomForNodes({ value, args }: Pick<Subnet, "value" | "args">): number | undefined {
  if (findArgument(args, "allocate-node-cidrs")?.value === "false") return undefined;
  const rooms = value.split(",").flatMap((text) => {
    const prefix = parsePrefix(text);
    const mask = prefix === undefined ? undefined : Number(nodeMaskOf(prefix, args));
    return prefix === undefined || mask === undefined || !(mask >= prefix.length) ? [] : [2 ** (mask - prefix.length)];
  });
  return rooms.length === 0 ? undefined : Math.min(...rooms);
}

function nodeMaskOf({ address }: Prefix, args: unknown): string {
  const given = findArgument(args, maskArgument(address.family))?.value ?? "";
  return given === "" ? (address.family === 4 ? "24" : "64") : given;
}

function maskArgument(family: AddressFamily): string {
  return `node-cidr-mask-size-ipv${family}`;
}

function serviceProblem({ address, length }: Prefix): SubnetSaying | undefined {
  const bits = addressBits(address.family) - length;
  if (bits > 20)
    return {
      message: `${address.text}/${length} is larger than kubeadm allows`,
      remedy: `write /${addressBits(address.family) - 20} or longer`,
    };
  if (bits >= 4) return undefined;
  return {
    message: `${address.text}/${length} has fewer than 10 addresses`,
    remedy: `write /${addressBits(address.family) - 4} or shorter`,
  };
}

function podProblem({ address, length }: Prefix, args: unknown): SubnetSaying | undefined {
  if (addressBits(address.family) - length < 4)
    return { message: `${address.text}/${length} has fewer than 14 addresses`, remedy: "write a larger network" };
  if (findArgument(args, "allocate-node-cidrs")?.value === "false") return undefined;
  const argument = maskArgument(address.family);
  const size = nodeMaskOf({ address, length }, args);
  const nodeMask = Number(size);
  if (!Number.isInteger(nodeMask))
    return {
      message: `cannot be cut into networks of /${size}, which ${argument} asks for`,
      remedy: `write a number for ${argument}`,
    };
  if (length > nodeMask)
    return {
      message: `${address.text}/${length} is smaller than the /${nodeMask} that each node gets`,
      remedy: `write /${nodeMask} or shorter, or set ${argument}`,
    };
  if (nodeMask - length <= 16) return undefined;
  return {
    message: `${address.text}/${length} holds more than 65536 networks of /${nodeMask}`,
    remedy: `write /${nodeMask - 16} or longer`,
  };
}
