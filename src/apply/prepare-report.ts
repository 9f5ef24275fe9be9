import { copiedCAPath } from "../components/cluster-ca.ts";
import { secretStrings } from "../kubeadm/secrets.ts";
import { kubeadmConfigPath, needsFinalize } from "../kubeadm/files.ts";
import { nextSteps } from "../plan/next-steps.ts";
import { fileReport, notShown, roleReport } from "../plan/node-messages.ts";
import { joinFactNames, type PlannedFile } from "../plan/plan.ts";
import { statePath } from "../plan/state.ts";
import type { Lines } from "../render/text.ts";
import type { PrepareInput, Situation } from "./examine.ts";

/** What a run did, for standard output: a line a file, then what a person types next. */
export function runReport(
  input: PrepareInput,
  situation: Situation & {
    readonly stateChanged: boolean;
    readonly used: string | undefined;
    readonly started: readonly string[];
  },
): string {
  const { files, abandoned, stateChanged, used, started, identity, decision } = situation;
  const lines = [
    roleReport(input.node, identity.role, decision.reason),
    ...input.node.files.flatMap((file) => fileLine(file, situation)),
    ...files.stale.map((path) => fileReport("save", "Removing", path)),
    ...abandoned.map((path) => fileReport("save", "keeping", path)),
    fileReport("save", stateChanged ? "Writing" : "unchanged", statePath),
    ...(used === undefined ? [] : [fileReport("kubeadm-config", "Removing", used)]),
    ...started,
    ...(input.runs("start") ? ["", ...next(input, situation)] : []),
  ];
  return `${lines.join("\n")}\n`;
}

/** What a run would write, with contents; secrets are not in them. */
export function dryRunReport(input: PrepareInput, situation: Situation): string {
  const { decision, identity, targets, files, secrets } = situation;
  const own = secretStrings(input.spec);
  const shown = (text: string): Lines => {
    if (own.some((secret) => text.includes(secret))) return [`\t${notShown}`];
    const redacted = joinFactNames.reduce((rest, fact) => {
      const value = secrets[fact];
      return value === undefined ? rest : rest.replaceAll(value, "REDACTED");
    }, text);
    return redacted
      .replace(/\n$/, "")
      .split("\n")
      .map((line) => (line === "" ? "" : `\t${line}`));
  };
  const lines = [
    roleReport(input.node, identity.role, decision.reason),
    ...targets.flatMap(({ file, change }) => {
      const { phase, path, text } = file;
      const mode = file.mode.toString(8).padStart(4, "0");
      if (change === "unchanged") return [`[${phase}] unchanged ${JSON.stringify(path)} (${mode})`];
      return [`[${phase}] Would write ${JSON.stringify(path)} (${mode}):`, ...shown(text)];
    }),
    ...files.stale.map((path) => `[save] Would remove ${JSON.stringify(path)}`),
  ];
  return `${lines.join("\n")}\n`;
}

function fileLine(file: PlannedFile, { targets, files }: Situation): readonly string[] {
  const target = targets.find((candidate) => candidate.file.path === file.path);
  if (target !== undefined)
    return [fileReport(file.phase, target.change === "unchanged" ? "unchanged" : "Writing", file.path)];
  return files.kept.includes(file) ? [fileReport(file.phase, "keeping", file.path)] : [];
}

function next({ spec, node }: PrepareInput, { identity, member, files, targets }: Situation): Lines {
  const steps = nextSteps(spec, node);
  const awaited = node.role === "load-balancer" ? copiedCAPath : kubeadmConfigPath;
  const secretsMissing = files.incomplete.some(({ file }) => file.path === awaited);
  if (node.role === "load-balancer" && secretsMissing) return steps.secrets;
  const finalize = identity.role === "init" && !identity.finalized && needsFinalize(spec) ? steps.finalize : [];
  if (member) {
    const changed = targets.filter(({ change }) => change === "changed").map(({ file }) => file.path);
    const reload = changed.flatMap((path) => steps.reload[path] ?? []);
    return [...(reload.length > 0 ? reload : steps.member), ...finalize];
  }
  if (identity.role === "init") return [...steps.init, ...finalize];
  return secretsMissing ? steps.secrets : steps.join;
}
