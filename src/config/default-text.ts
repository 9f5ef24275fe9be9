import { type DefaultKey, defaults, type Draft } from "./defaults.ts";
import { notBuiltAt } from "./rules/not-built.ts";
import type { HAConfiguration } from "./schema.ts";

/** The value of a key's default when it is the same for every cluster; undefined when it depends on something. */
export function constantDefault(key: string): unknown {
  const values = defaultValues(key);
  return values.every((value) => JSON.stringify(value) === JSON.stringify(values[0])) ? values[0] : undefined;
}

/** What is to be said of a key beside its meaning: the default with its reason, and what is not built. */
export function defaultText(key: string): string {
  const missing = notBuiltAt(key).map((feature) => `Not built yet: ${feature}.`);
  if (!isDefaultKey(key)) return missing.join(" ");
  const value = valueText(key);
  return [`Default: ${value === "" ? "" : `${value}; `}${defaults[key].reason}.`, ...missing].join(" ");
}

function valueText(key: DefaultKey): string {
  const constant = constantDefault(key);
  if (constant !== undefined) return typeof constant === "string" ? constant : JSON.stringify(constant);
  const [conservative, balanced, fast, other] = defaultValues(key);
  // What differs between clusters of one preset has no value to show.
  if (balanced === undefined || JSON.stringify(balanced) !== JSON.stringify(other)) return "";
  return [conservative, balanced, fast]
    .map((value, index) => `${JSON.stringify(value).replaceAll('"', "")} ${presetNames[index]}`)
    .join(", ");
}

function defaultValues(key: string): readonly unknown[] {
  return isDefaultKey(key) ? samples.map((draft) => defaults[key].value(draft)) : [undefined];
}

function isDefaultKey(key: string): key is DefaultKey {
  return Object.hasOwn(defaults, key);
}

const presetNames = ["conservative", "balanced", "fast"];

const samples: readonly Draft[] = [
  sample("conservative", "192.0.2.10", "haproxy"),
  sample("balanced", "192.0.2.10", "haproxy"),
  sample("fast", "192.0.2.10", "haproxy"),
  sample("balanced", "192.0.2.20", "none"),
];

function sample(
  failover: "conservative" | "balanced" | "fast",
  ...[address, provider]: readonly [string, "haproxy" | "none"]
): Draft {
  const configuration: HAConfiguration = {
    apiVersion: "kubeadm-ha.io/v1alpha1",
    kind: "HAConfiguration",
    failover,
    virtualIP: { addresses: [address] },
    loadBalancer: { provider },
  };
  return { configuration, apiServerPort: 6443 };
}
