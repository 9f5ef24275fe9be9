import type { SceneFile, SceneNode } from "../scene.ts";

/** A node's files as they can be used in namespaces, and what was changed for that, for people. */
export interface Adapted {
  readonly files: readonly SceneFile[];
  readonly notes: readonly string[];
}

/** Takes out what works only where a machine's first namespaces are. */
export function adapt(node: SceneNode): Adapted {
  const configurations = new Set(node.programs.filter(({ kind }) => kind === "keepalived").map(({ config }) => config));
  const notes: string[] = [];
  const files = node.files.map((file) => {
    if (!configurations.has(file.path)) return file;
    for (const [word, reason] of Object.entries(ignored))
      if (new RegExp(`^\\s*${word}\\b`, "m").test(file.text))
        notes.push(`${node.name}: ${file.path}: ${word} ${reason}`);
    return { ...file, text: withoutBlocks(file.text) };
  });
  return { files, notes };
}

const ignored = {
  track_process: "is taken out: the kernel reports processes only in a machine's first namespaces",
  virtual_server: "is not rehearsed: only VRRP is",
};

/** Without process tracking; the lines stay, so that a message's line number is right. */
function withoutBlocks(text: string): string {
  return text.replace(/^[ \t]*(?:vrrp_)?track_process\b[^{}\n]*\n?[^{}\n]*\{[^{}]*\}/gm, (block) =>
    block.replaceAll(/[^\n]+/g, ""),
  );
}
