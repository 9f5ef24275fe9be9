import type { IgnitionVersion } from "../format.ts";
import type { GivenFile } from "../script/compact.ts";
import { dataURL } from "./data-url.ts";

export interface IgnitionInput {
  readonly directories: readonly GivenDirectory[];
  readonly files: readonly GivenFile[];
  readonly unit: SystemdUnit;
}

/** A directory that must not be what Ignition makes of a file's parents: mode 0755. */
export interface GivenDirectory {
  readonly path: string;
  readonly mode: number;
}

/** A systemd unit, enabled. */
export interface SystemdUnit {
  readonly name: string;
  readonly contents: string;
}

/**
 * An Ignition configuration. Modes are decimal numbers, since JSON has no others, and owners are root where none is
 * named. Files replace what an image brings: without `overwrite` that ends the boot.
 * https://coreos.github.io/ignition/configuration-v3_4/
 * https://github.com/coreos/ignition/blob/v0.35.0/doc/configuration-v2_3.md
 */
export function ignitionConfig({ directories, files, unit }: IgnitionInput, version: IgnitionVersion): string {
  // Version 2 asks for the file system; "root" is always there.
  const place = (path: string): object => (version === "2.3" ? { filesystem: "root", path } : { path });
  const storage = {
    ...(directories.length > 0 && { directories: directories.map(({ path, mode }) => ({ ...place(path), mode })) }),
    files: files.map(({ path, mode, text }) => ({
      ...place(path),
      overwrite: true,
      mode,
      contents: { source: dataURL(text) },
    })),
  };
  const systemd = { units: [{ name: unit.name, enabled: true, contents: unit.contents }] };
  return `${lines({ ignition: { version: `${version}.0` }, systemd, storage })}\n`;
}

/** JSON with a line for each file: what changes is seen, and indentation is no part of it. */
function lines(value: object, depth = 0): string {
  if (depth === 3) return JSON.stringify(value);
  const entries = Object.entries(value).map(
    ([key, entry]: [string, unknown]) =>
      `${Array.isArray(value) ? "" : `${JSON.stringify(key)}: `}${typeof entry === "object" && entry !== null ? lines(entry, depth + 1) : JSON.stringify(entry)}`,
  );
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return `${open}\n${entries.join(",\n")}\n${close}`;
}
