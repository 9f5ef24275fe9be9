import type { ClusterSpec } from "../config/spec.ts";
import { ExitCode, UserError } from "../errors.ts";
import { printable } from "../findings/text.ts";
import { type Format, type FormatName, formatNames, type OutputFile } from "../formats/format.ts";
import { formats } from "../formats/index.ts";
import type { Io } from "../host/io.ts";
import { environmentFailure, overwrite } from "../host/files.ts";
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
  options: [
    ...configurationOptions,
    "join-command-file",
    "ca-cert",
    "output",
    "format",
    "role",
    "ignition-version",
    "kind",
    "into",
    "write",
    "bootstrap-format",
  ],
  formats: formatNames,
  examples: [
    "kubeadm-ha render -o out",
    "kubeadm-ha render --node cp1",
    "kubeadm-ha render --node cp1 --format script | ssh root@cp1 sh",
    "kubeadm-ha render --node cp1 --format cloud-init > cp1.yaml",
    "kubeadm-ha render --format capi-v1beta1 --into cluster-template.yaml --write",
    "kubeadm-ha render --stack kube-vip --vip 192.168.10.100 --kubernetes-version v1.36.3 --node cp1=192.168.10.11 -o out",
  ],
  run: runRender,
};

async function runRender({ options, io }: Invocation): Promise<ExitCode> {
  const { output } = options;
  if (options["join-command-file"] !== undefined && output === undefined)
    throw new UserError("--join-command-file needs -o DIR: secrets are never printed");
  const format = formatOption(options);
  const { files, spec, notes = [], beside = [] } = await renderFiles(options, io);
  if (options.into !== undefined && options.write === true) {
    tell(notes, io);
    return changeFile(options.into, files, io);
  }
  if (output === undefined) {
    const { document, pool }: Format = formats[format];
    if (pool === true) {
      // Ours holds no secrets, and what a template of the user's holds is the user's to print.
      io.out(files.map((file) => file.text).join(""));
    } else if (document === undefined) io.out(withoutSecrets(print(files, format), spec));
    else io.out(documentToPrint(files, { format, document, spec }));
    tell(notes, io);
    return ExitCode.ok;
  }
  // A plan for other programs travels; files are for one node and carry what kubeadm needs there.
  const kept = format === "json" ? files.map((file) => ({ ...file, text: withoutSecrets(file.text, spec) })) : files;
  const node = limitingNode(options);
  // What other runs into the same directory make: the files of the other nodes, the other role, the other kinds.
  const stays = (path: string): boolean => beside.includes(path) || (node !== undefined && path.split("/")[0] !== node);
  const { written, unchanged, removed } = writeOutputDirectory(output, kept, stays);
  tell(notes, io);
  const next = format === "files" && node === undefined ? `; begin with ${printable(output)}/RUNBOOK.md` : "";
  io.err(
    `[render] ${written} written, ${unchanged} unchanged, ${removed} removed below "${printable(output)}"${next}\n`,
  );
  return ExitCode.ok;
}

function tell(notes: readonly string[], io: Io): void {
  if (notes.length > 0) io.err(notes.map((line) => `${`[render] ${line}`.trimEnd()}\n`).join(""));
}

function changeFile(path: string, [file]: readonly OutputFile[], io: Io): ExitCode {
  if (file === undefined || file.text === io.read(path)) {
    io.err(`[render] unchanged "${printable(path)}"\n`);
  } else {
    environmentFailure(`cannot write ${path}`, () => overwrite(path, file.text));
    io.err(`[render] Writing "${printable(path)}"\n`);
  }
  return ExitCode.ok;
}

interface Printing {
  readonly format: FormatName;
  readonly document: string;
  readonly spec: ClusterSpec;
}

// Half a script would be worse than none, so its secrets cannot be cleared.
function documentToPrint(files: readonly OutputFile[], { format, document, spec }: Printing): string {
  const [only, ...others] = files;
  if (only === undefined || others.length > 0)
    throw new UserError(
      `--format ${format} makes ${document} for each node: choose one with --node NAME, or write all with -o DIR`,
    );
  if (secretStrings(spec).some((secret) => [only.text, ...(only.holds ?? [])].some((text) => text.includes(secret))))
    throw new UserError(
      `${document.replace(/^(an? )?/, "the ")}${only.node === undefined ? "" : ` of ${only.node}`} would hold secrets of kubeadm's documents, which are never printed: write it with -o DIR${format === "script" ? `, then ssh root@${only.node} sh < DIR/${only.path}` : ""}`,
    );
  return only.text;
}

function print(files: readonly OutputFile[], format: FormatName): string {
  if (format === "json") return files.map((file) => file.text).join("");
  return files.map((file) => `# ==> ${file.path} ${file.mode.toString(8).padStart(4, "0")}\n${file.text}`).join("\n");
}
