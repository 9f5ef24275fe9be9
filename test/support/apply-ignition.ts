import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";

/** What we write of a configuration, in both versions of the specification. */
export interface IgnitionConfig {
  readonly ignition: { readonly version: string };
  readonly storage: {
    readonly directories?: readonly { readonly path: string; readonly mode: number }[];
    readonly files: readonly {
      readonly path: string;
      readonly mode: number;
      readonly contents: { readonly source: string; readonly compression?: string | null };
    }[];
  };
  readonly systemd: {
    readonly units: readonly { readonly name: string; readonly enabled: boolean; readonly contents: string }[];
  };
}

/** Does below a directory what Ignition's files stage does; it must be empty, or nearly so. */
export function applyIgnition({ storage, systemd }: IgnitionConfig, root: string): void {
  const umask = process.umask(0o022);
  for (const { path, mode } of storage.directories ?? []) {
    mkdirSync(join(root, path), { recursive: true });
    chmodSync(join(root, path), mode);
  }
  for (const file of storage.files) write(join(root, file.path), contentOf(file.contents), file.mode);
  const units = join(root, "etc/systemd/system");
  for (const { name, contents } of systemd.units) write(join(units, name), Buffer.from(contents), 0o644);
  const presets = systemd.units.map(({ name, enabled }) => `${enabled ? "enable" : "disable"} ${name}\n`);
  write(join(root, "etc/systemd/system-preset/20-ignition.preset"), Buffer.from(presets.join("")), 0o644);
  process.umask(umask);
}

/** The text of a file. */
export function contentOf({ source, compression }: IgnitionConfig["storage"]["files"][0]["contents"]): Buffer {
  const [, base64, data = ""] = /^data:(;base64)?,(.*)$/.exec(source) ?? [];
  const bytes = base64 === undefined ? Buffer.from(decodeURIComponent(data)) : Buffer.from(data, "base64");
  return compression === "gzip" ? gunzipSync(bytes) : bytes;
}

function write(place: string, content: Buffer, mode: number): void {
  mkdirSync(dirname(place), { recursive: true });
  rmSync(place, { force: true });
  writeFileSync(place, content);
  chmodSync(place, mode);
}
