import type { NodePicture } from "../model/picture.ts";
import { parseAddress } from "../net/address.ts";
import { parseHaproxyAddress } from "../readers/haproxy-address.ts";
import type { InputFile } from "../readers/read-tree.ts";
import { virtualAddresses } from "../rules/kubeadm/surroundings.ts";
import { placeText } from "./setting.ts";
import { sysctlsOf } from "./sysctl.ts";

/** The settings of the kernel that let a program listen on an address that the machine does not have, by family. */
export const nonlocalBindNames = { 4: "net.ipv4.ip_nonlocal_bind", 6: "net.ipv6.ip_nonlocal_bind" } as const;

/** A place where a balancer listens on a virtual IP, which works only where that is, or with a setting of the kernel. */
export interface NonlocalBind {
  readonly program: "haproxy" | "nginx";
  readonly address: string;
  /** File and line. */
  readonly place: string;
  /** The setting that it needs, which no file of the machine sets. */
  readonly setting: string;
}

/** Where a machine's balancers cannot start unless they have the virtual IP, as far as its files tell. */
export function nonlocalBinds(node: NodePicture, inputs: ReadonlyMap<string, InputFile>): readonly NonlocalBind[] {
  const virtual = new Set(virtualAddresses(node).map(({ text }) => text));
  const sysctls = sysctlsOf(node, inputs);
  const found = [...haproxyListeners(node), ...nginxListeners(node)];
  return found.flatMap(({ host, program, place }) => {
    const address = parseAddress(host);
    if (address === undefined || !virtual.has(address.text)) return [];
    const setting = nonlocalBindNames[address.family];
    return sysctls.get(setting) === "1" ? [] : [{ program, address: address.text, place, setting }];
  });
}

interface Listener {
  readonly program: NonlocalBind["program"];
  readonly host: string;
  readonly place: string;
}

// https://docs.haproxy.org/3.0/configuration.html#5.1-transparent
function haproxyListeners({ haproxy }: NodePicture): readonly Listener[] {
  return haproxy
    .flatMap(({ proxies }) => proxies.flatMap(({ binds }) => binds))
    .filter(({ options }) => options.every(({ value }) => value !== "transparent"))
    .map(({ address }) => ({
      program: "haproxy",
      host: parseHaproxyAddress(address.value).host,
      place: placeText(address.position),
    }));
}

function nginxListeners({ nginx }: NodePicture): readonly Listener[] {
  return nginx
    .flatMap(({ servers }) => servers.flatMap(({ listen }) => listen))
    .map(({ value, position }) => ({
      program: "nginx",
      host: value.replace(/:\d+$/, "").replace(/^\[(.*)\]$/, "$1"),
      place: placeText(position),
    }));
}
