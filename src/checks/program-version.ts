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

/** How a program tells its version. */
interface VersionCommand {
  readonly command: readonly string[];
  /** The place of the version among the words of its first line. */
  readonly word: number;
  /** Whether that line is on stderr. */
  readonly onStderr?: true;
  /** What stands before the version in its word. */
  readonly prefix?: string;
}

export type VersionedProgram = "kubeadm" | "kubelet" | "containerd" | "keepalived" | "haproxy" | "nginx";

export const versionCommands: Readonly<Record<VersionedProgram, VersionCommand>> = {
  kubeadm: { command: ["kubeadm", "version", "-o", "short"], word: 0 },
  kubelet: { command: ["kubelet", "--version"], word: 1 },
  containerd: { command: ["containerd", "--version"], word: 2 },
  keepalived: { command: ["keepalived", "-v"], word: 1, onStderr: true },
  haproxy: { command: ["haproxy", "-v"], word: 2 },
  nginx: { command: ["nginx", "-v"], word: 2, onStderr: true, prefix: "nginx/" },
};

/** What a program printed as its version; undefined where it is missing or printed nothing. */
export function versionOf(
  program: VersionedProgram,
  printed: { readonly stdout: string; readonly stderr: string },
): string | undefined {
  const { word, onStderr, prefix = "" } = versionCommands[program];
  const [line = ""] = (onStderr === true ? printed.stderr : printed.stdout).split("\n");
  const text = line.trim().split(/[ \t]+/)[word] ?? "";
  return (text.startsWith(prefix) ? text.slice(prefix.length) : text) || undefined;
}

/**
 * Sets `version` to what a program printed, empty where it is missing or prints something else, and
 * `version_major`, `version_minor` and `version_patch` to its numbers.
 */
export function versionShell(program: VersionedProgram): Lines {
  const { command, word, onStderr, prefix } = versionCommands[program];
  const streams = onStderr === true ? "2>&1 >/dev/null" : "2>/dev/null";
  return [
    `version=$(timeout -s KILL 10 ${command.join(" ")} ${streams} | { read -r ${"_ ".repeat(word)}version_word _; printf %s "$version_word"; })`,
    ...(prefix === undefined ? [] : [`version=\${version#${prefix}}`]),
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

/** The condition, behind `versionShell`, that the version comes before another one such as 2.4 or 2.2.3. */
export function isBelowShell(since: string): string {
  const [major = 0, minor = 0, patch = 0] = since.split(".").map(Number);
  const isEarlier = `[ "$version_patch" -lt ${patch} ]`;
  const inMajor = `[ "$version_minor" -lt ${minor} ] || { [ "$version_minor" -eq ${minor} ] && ${isEarlier}; }`;
  return `[ "$version_major" -lt ${major} ] || { [ "$version_major" -eq ${major} ] && { ${inMajor}; }; }`;
}
