import { parseDocument } from "yaml";

/** What cloud-init would write and run. */
export interface CloudConfig {
  readonly files: readonly { readonly path: string; readonly mode: number; readonly text: string }[];
  readonly commands: readonly unknown[];
}

/** Reads a #cloud-config document by YAML 1.1, as PyYAML does; what cloud-init would not understand is an error. */
export function readCloudConfig(text: string): CloudConfig {
  if (!text.startsWith("#cloud-config\n")) throw new Error("cloud-init knows user data by its first line");
  const document = parseDocument(text, { version: "1.1", uniqueKeys: true });
  if (document.errors.length > 0) throw new Error(document.errors.map(({ message }) => message).join("\n"));
  const { write_files: entries, runcmd, ...others } = document.toJS() as Record<string, unknown>;
  if (Object.keys(others).length > 0) throw new Error(`keys besides: ${Object.keys(others).join(", ")}`);
  return {
    files: (entries as readonly Record<string, unknown>[]).map(readEntry),
    commands: runcmd as readonly unknown[],
  };
}

function readEntry({ path, owner, permissions, encoding, content, ...others }: Record<string, unknown>) {
  if (Object.keys(others).length > 0) throw new Error(`keys besides: ${Object.keys(others).join(", ")}`);
  if (owner !== "root:root") throw new Error(`owned by ${String(owner)}`);
  if (typeof permissions !== "string" || !/^0[0-7]{3}$/.test(permissions)) throw new Error("permissions are no string");
  if (typeof content !== "string") throw new Error("content is no string");
  const text = encoding === "b64" ? Buffer.from(content, "base64").toString("utf8") : content;
  if (encoding !== undefined && encoding !== "b64") throw new Error(`encoding ${JSON.stringify(encoding)}`);
  return { path: String(path), mode: Number.parseInt(permissions, 8), text };
}
