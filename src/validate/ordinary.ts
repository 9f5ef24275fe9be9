import { isRecord } from "../config/paths.ts";
import { isFaultless, type SchemaSource } from "../schema/object.ts";
import { quickRead } from "../yaml/quick-read.ts";

/** What a file is in words, "Deployment, Service", if nothing at all is to be said of it; else undefined. */
export function ordinaryKinds(
  { file, text }: { readonly file: string; readonly text: string },
  source: SchemaSource,
): string | undefined {
  // What stands on a machine, or may have to do with a virtual IP, is for rules to look at.
  if (
    !endings.some((ending) => file.endsWith(ending)) ||
    isOnMachine(file) ||
    agents.some((word) => text.includes(word))
  )
    return undefined;
  const documents = quickRead(text);
  if (documents === undefined || documents.length === 0) return undefined;
  const kinds = new Set<string>();
  for (const value of documents) {
    if (!isRecord(value) || !isFaultless(value, source) || isAddressed(value)) return undefined;
    kinds.add(String(value["kind"]));
  }
  return [...kinds].join(", ");
}

const endings = [".yaml", ".yml", ".json"];

function isOnMachine(file: string): boolean {
  return ["etc/", "templates/", "var/lib/"].some((part) => file.startsWith(part) || file.includes(`/${part}`));
}

const agents = ["vip", "keepalived", "hostNetwork"];

// Rules compare a service's own addresses, and pools of them, with the virtual IP.
function isAddressed({ kind, spec, metadata }: Readonly<Record<string, unknown>>): boolean {
  if (kind !== "Service" || !isRecord(spec)) return false;
  const annotations = isRecord(metadata) ? metadata["annotations"] : undefined;
  return (
    "externalIPs" in spec ||
    "loadBalancerIP" in spec ||
    (isRecord(annotations) && Object.keys(annotations).some((key) => /loadbalancerips?$/i.test(key)))
  );
}
