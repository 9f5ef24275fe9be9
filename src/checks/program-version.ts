import type { Lines } from "../render/text.ts";

/** The numbers of a version that a program printed. */
export interface ProgramVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/** Reads `v1.36.3`, `1.7.24` or `1.6.20~ds1`; undefined for anything else. */
export function parseProgramVersion(text: string | undefined): ProgramVersion | undefined {
  const match = /^v?(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?!\d)[\w.+~:-]*$/.exec(text ?? "");
  if (match === null) return undefined;
  return { major: Number(match[1]), minor: Number(match[2]), patch: Number(match[3]) };
}

/** How a program tells its version: the command, and the place of the version among the words of its first line. */
export const versionCommands = {
  kubeadm: { command: ["kubeadm", "version", "-o", "short"], word: 0 },
  kubelet: { command: ["kubelet", "--version"], word: 1 },
  containerd: { command: ["containerd", "--version"], word: 2 },
} as const;

/**
 * Sets `version` to what a program printed, empty where it is missing or prints something else, and
 * `version_major`, `version_minor` and `version_patch` to its numbers.
 */
export function versionShell(program: keyof typeof versionCommands): Lines {
  const { command, word } = versionCommands[program];
  return [
    `version=$(timeout -s KILL 10 ${command.join(" ")} 2>/dev/null | { read -r ${"_ ".repeat(word)}version_word _; printf %s "$version_word"; })`,
    "version_rest=${version#v}.",
    "version_major=${version_rest%%.*}",
    "version_rest=${version_rest#*.}",
    "version_minor=${version_rest%%.*}",
    "version_rest=${version_rest#*.}",
    "version_patch=${version_rest%%[!0-9]*}",
    "case ,$version_major,$version_minor,$version_patch, in",
    "  *,,* | *[!0-9,]* | *[0-9][0-9][0-9][0-9]*) version= ;;",
    "esac",
    "case $version in *[!0-9A-Za-z_.+~:-]*) version= ;; esac",
  ];
}
