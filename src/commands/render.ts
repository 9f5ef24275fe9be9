import type { ClusterSpec } from "../config/spec.ts";
import { ExitCode, UserError } from "../errors.ts";
import { printable } from "../findings/text.ts";
import { type FormatName, formatNames, type OutputFile } from "../formats/format.ts";
import { writeOutputDirectory } from "../host/output-directory.ts";
import type { Command, Invocation } from "./command.ts";
import { limitingNode } from "./configuration.ts";
import { formatOption } from "./format-option.ts";
import { configurationOptions } from "./options.ts";
import { withoutSecrets } from "../kubeadm/redact.ts";
import { secretStrings } from "../kubeadm/secrets.ts";
import { renderFiles } from "./rendered.ts";

export const render: Command = {
  name: "render",
  summary: "make the files of every node, anywhere",
  options: [...configurationOptions, "join-command-file", "output", "format"],
  formats: formatNames,
  examples: [
    "kubeadm-ha render -o out",
    "kubeadm-ha render --node cp1",
    "kubeadm-ha render --node cp1 --format script | ssh root@cp1 sh",
    "kubeadm-ha render --stack kube-vip --vip 192.168.10.100 --kubernetes-version v1.36.3 --node cp1=192.168.10.11 -o out",
  ],
  run: runRender,
};

function runRender({ options, io }: Invocation): ExitCode {
  const { output } = options;
  if (options["join-command-file"] !== undefined && output === undefined)
    throw new UserError("--join-command-file needs -o DIR: secrets are never printed");
  const format = formatOption(options);
  const { files, spec } = renderFiles(options, io);
  if (output === undefined) {
    io.out(format === "script" ? printScript(files, spec) : withoutSecrets(print(files, format), spec));
    return ExitCode.ok;
  }
  // A plan for other programs travels; files are for one node and carry what kubeadm needs there.
  const kept = format === "json" ? files.map((file) => ({ ...file, text: withoutSecrets(file.text, spec) })) : files;
  const { written, unchanged, removed } = writeOutputDirectory(output, kept, limitingNode(options));
  const next =
    format === "files" && limitingNode(options) === undefined ? `; begin with ${printable(output)}/RUNBOOK.md` : "";
  io.err(
    `[render] ${written} written, ${unchanged} unchanged, ${removed} removed below "${printable(output)}"${next}\n`,
  );
  return ExitCode.ok;
}

// Half a script would be worse than none, so its secrets cannot be cleared.
function printScript(files: readonly OutputFile[], spec: ClusterSpec): string {
  const [script, ...others] = files;
  if (script === undefined || others.length > 0)
    throw new UserError(
      "--format script makes a script for each node: choose one with --node NAME, or write all with -o DIR",
    );
  if (secretStrings(spec).some((secret) => script.text.includes(secret)))
    throw new UserError(
      `the script of ${script.node} would hold secrets of kubeadm's documents, which are never printed: write it with -o DIR, then ssh root@${script.node} sh < DIR/${script.path}`,
    );
  return script.text;
}

function print(files: readonly OutputFile[], format: FormatName): string {
  if (format === "json") return files.map((file) => file.text).join("");
  return files.map((file) => `# ==> ${file.path} ${file.mode.toString(8).padStart(4, "0")}\n${file.text}`).join("\n");
}
