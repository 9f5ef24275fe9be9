/** What a file is, told by its content and, where that leaves a doubt, by its name. */
export type FileKind = "keepalived" | "haproxy" | "nginx" | "script" | "nftables" | "yaml" | "unknown";

/** Recognises a file; `unknown` is nothing that rules know of. */
export function recognize(path: string, text: string): FileKind {
  const name = path.split("/").at(-1) ?? "";
  const byName = names.find(([pattern]) => pattern.test(name))?.[1];
  if (byName !== undefined) return byName;
  if (/^#!\s*\S*\b(?:sh|bash|dash|ash|busybox)\b/.test(text)) return "script";
  if (/^#cloud-config\b|^(?:---\s*\n(?:#.*\n)*)?(?:#.*\n)*\s*(?:apiVersion|kind):/.test(text)) return "yaml";
  return contents.find(([pattern, least]) => countMatches(text, pattern) >= least)?.[2] ?? "unknown";
}

const names: readonly (readonly [pattern: RegExp, kind: FileKind])[] = [
  [/^keepalived.*\.conf$/, "keepalived"],
  [/^haproxy.*\.cfg$/, "haproxy"],
  [/^nginx.*\.conf$/, "nginx"],
  // kubelet reads every file in its directory, whatever follows its ending.
  [/\.(?:ya?ml|json)(?:\.[\w-]+|~)?$/, "yaml"],
  [/\.(?:sh|bash)$/, "script"],
  [/\.nft$/, "nftables"],
];

const contents: readonly (readonly [pattern: RegExp, least: number, kind: FileKind])[] = [
  [
    /^[ \t]*(?:vrrp_instance|vrrp_script|vrrp_sync_group|virtual_server|global_defs)\b[^\n]*\{?[ \t]*$/gm,
    1,
    "keepalived",
  ],
  [/^(?:global|defaults|frontend|backend|listen)\b/gm, 2, "haproxy"],
  [/^[ \t]*(?:stream|events|upstream[ \t]+\S+)[ \t]*\{/gm, 1, "nginx"],
];

function countMatches(text: string, pattern: RegExp): number {
  // Recognition looks at the beginning: what a file is, is clear by then.
  return text.slice(0, 100_000).match(pattern)?.length ?? 0;
}
