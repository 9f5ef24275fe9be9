import type { Container } from "../../readers/pod.ts";
import type { YamlPart } from "../../readers/yaml-part.ts";
import { variables } from "../../config/kube-vip-variables.ts";

/** The flags that kube-vip is started with by name; each leads to the word that holds its value, or to the switch itself. */
export function readFlags({ words }: Container): ReadonlyMap<string, YamlPart> {
  const flags = new Map<string, YamlPart>();
  for (const [index, word] of words.entries()) {
    const [, name, value] = /^--?([A-Za-z][\w-]*)(=.*)?$/s.exec(word.text ?? "") ?? [];
    if (name === undefined) continue;
    const next = words[index + 1];
    flags.set(name, value === undefined && !switches.has(name) && next !== undefined ? next : word);
  }
  return flags;
}

// A switch takes a value only behind "=". https://pkg.go.dev/github.com/spf13/pflag#hdr-Command_line_flag_syntax
const switches: ReadonlySet<string> = new Set(
  variables.flatMap(({ form, flag }) => (form === "bool" && flag !== undefined ? [flag] : [])),
);
