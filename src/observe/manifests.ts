import { closeSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { join } from "node:path";

import type { ManifestFact } from "../checks/facts.ts";
import { manifestLimit } from "../checks/foreign-agent.ts";
import { mentions } from "../checks/mentions.ts";
import type { Address } from "../net/address.ts";
import { statePath } from "../plan/state.ts";

/** What the kubelet of the machine below `root` finds in its static pods' directory. */
export function observeManifests(root: string, addresses: readonly Address[]): readonly ManifestFact[] {
  const directory = `${root}/etc/kubernetes/manifests`;
  const state = readBytes(`${root}${statePath}`);
  return namesIn(directory).map((name) => {
    const text = readBytes(join(directory, name));
    return {
      name,
      namesVirtualIP: addresses.some((address) => mentions(text, address)),
      ours: state.includes(`"path": "/etc/kubernetes/manifests/${name}"`),
    };
  });
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory, "latin1").toSorted();
  } catch {
    return [];
  }
}

// Names and texts in the encoding that keeps every byte, since nobody says that they are UTF-8.
function readBytes(path: string): string {
  try {
    const bytes = Buffer.from(path, "latin1");
    // A pipe would be waited for.
    if (!statSync(bytes).isFile()) return "";
    const descriptor = openSync(bytes, "r");
    try {
      const buffer = Buffer.alloc(manifestLimit);
      return buffer.toString("latin1", 0, readSync(descriptor, buffer));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return "";
  }
}
