import { nearest } from "../config/did-you-mean.ts";
import { interfaceMissing } from "../config/rules/interface-missing.ts";
import { ExitCode, UserError } from "../errors.ts";
import { type Finding, hasErrors } from "../findings/finding.ts";
import { formatFindings, summarize } from "../findings/text.ts";
import type { Command, Invocation } from "./command.ts";
import { readSource, resolveSource } from "./configuration.ts";
import { allRules } from "./rules.ts";

export const validate: Command = {
  name: "validate",
  arguments: "<...paths>",
  summary: "check configuration files; exit 1 when there is something to mend",
  options: ["kubernetes-version", "kubeadm-config", "format", "strict", "ignore"],
  formats: ["text"],
  examples: ["kubeadm-ha validate ha.yaml", "kubeadm-ha validate --strict - < ha.yaml"],
  run: runValidate,
};

function runValidate({ arguments: paths, options, io }: Invocation): ExitCode {
  if ((options.format ?? "text") !== "text")
    throw new UserError(`--format ${options.format} is not built yet for validate; there is text`);
  const ignored = ignoredRules(options.ignore);
  const findings = paths
    .flatMap((path) => [
      ...resolveSource({ options, io, rules: [interfaceMissing("warning")] }, readSource(path, io)).findings,
    ])
    .filter((finding) => !ignored.has(finding.rule));
  io.out(formatFindings(findings));
  io.err(
    `[validate] ${paths.length} file${paths.length === 1 ? "" : "s"}: ${findings.length === 0 ? "nothing to mend" : summarize(findings)}\n`,
  );
  return isBad(findings, options.strict === true) ? ExitCode.no : ExitCode.ok;
}

function ignoredRules(text: string | undefined): ReadonlySet<string> {
  const names = text === undefined ? [] : text.split(",");
  const known = allRules.map(({ id }) => id);
  for (const name of names.filter((candidate) => !known.includes(candidate))) {
    const meant = nearest(name, known);
    throw new UserError(`--ignore: there is no rule "${name}"${meant === undefined ? "" : `; did you mean ${meant}?`}`);
  }
  return new Set(names);
}

function isBad(findings: readonly Finding[], strict: boolean): boolean {
  return hasErrors(findings) || (strict && findings.some((finding) => finding.severity === "warning"));
}
