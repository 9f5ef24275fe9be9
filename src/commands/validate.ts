import { nearest } from "../config/did-you-mean.ts";
import { UserError } from "../errors.ts";
import { type ReportFormatName, reportFormatNames } from "../findings/report.ts";
import { type UnknownKinds, unknownKindsChoices } from "../rules/rule.ts";
import type { Command } from "./command.ts";

export const validate: Command = {
  name: "validate",
  arguments: "<...paths>",
  summary: "check configuration files, manifests and whole trees; exit 1 when there is something to mend",
  options: [
    "kubernetes-version",
    "kubeadm-config",
    "format",
    "summary",
    "strict",
    "ignore",
    "exclude",
    "schema-location",
    "unknown-kinds",
    "native",
    "fix",
    "write",
  ],
  formats: reportFormatNames,
  examples: [
    "kubeadm-ha validate ha.yaml",
    "kubeadm-ha validate --strict - < ha.yaml",
    "kubeadm-ha validate --format sarif --exclude 'test/**' .",
    "kubeadm-ha validate --fix /etc/keepalived",
  ],
  // What reads all those files is loaded when it runs: `render` starts without it.
  run: async (invocation) => (await import("./run-validate.ts")).runValidate(invocation),
};

/** The format that is asked for. */
export function reportFormat(asked: string | undefined): ReportFormatName {
  const name = asked ?? "text";
  const format = reportFormatNames.find((candidate) => candidate === name);
  if (format !== undefined) return format;
  const meant = nearest(name, reportFormatNames);
  throw new UserError(
    `--format ${name} is unknown; ${meant === undefined ? `there are ${reportFormatNames.join(", ")}` : `did you mean ${meant}?`}`,
  );
}

/** What is said of objects without a schema. */
export function unknownKinds(asked: string | undefined): UnknownKinds {
  const choice = unknownKindsChoices.find((candidate) => candidate === (asked ?? "skip"));
  if (choice === undefined)
    throw new UserError(`--unknown-kinds ${asked} is none of ${unknownKindsChoices.join(", ")}`);
  return choice;
}
