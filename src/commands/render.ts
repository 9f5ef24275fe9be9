import type { ClusterSpec } from "../config/spec.ts";
import { nearest } from "../config/did-you-mean.ts";
import { ExitCode, UserError } from "../errors.ts";
import type { FormatName, OutputFile } from "../formats/format.ts";
import { formats } from "../formats/index.ts";
import { printable } from "../findings/text.ts";
import type { Io } from "../host/io.ts";
import { writeOutputDirectory } from "../host/output-directory.ts";
import { joinFacts, parseJoinFile } from "../kubeadm/join-command.ts";
import { secretStrings } from "../kubeadm/secrets.ts";
import type { Facts } from "../plan/facts.ts";
import { makePlan } from "../plan/make-plan.ts";
import type { Plan } from "../plan/plan.ts";
import type { Command, Invocation } from "./command.ts";
import { limitingNode, loadCluster } from "./configuration.ts";
import { configurationOptions, type Options } from "./options.ts";

export const render: Command = {
  name: "render",
  summary: "make the files of every node, anywhere",
  options: [...configurationOptions, "join-command-file", "output", "format"],
  examples: [
    "kubeadm-ha render -o out",
    "kubeadm-ha render --node cp1",
    "kubeadm-ha render --stack kube-vip --vip 192.168.10.100 --kubernetes-version v1.36.3 --node cp1=192.168.10.11 -o out",
  ],
  run: runRender,
};

/** The files that `render` makes, for `diff` too. */
export function renderFiles(
  options: Options,
  io: Io,
): { readonly files: readonly OutputFile[]; readonly spec: ClusterSpec } {
  const spec = loadCluster(options, io);
  const facts = joinSecrets(options, io);
  const { files, incomplete } = formats[formatName(options)].produce(
    selectNode(makePlan(spec), limitingNode(options)),
    { facts: () => facts },
  );
  const needed = incomplete.flatMap(({ node, missing }) => (missing.includes("interface") ? [node] : []));
  if (needed.length > 0) throw interfaceMissing([...new Set(needed)]);
  const joiners = incomplete.map(({ node }) => node);
  if (joiners.length > 0)
    io.err(
      `[render] No kubeadm.yaml for ${joiners.join(", ")}: a join needs secrets; RUNBOOK.md has the two commands\n`,
    );
  return { files, spec };
}

function runRender({ options, io }: Invocation): ExitCode {
  const output = options.output;
  if (options["join-command-file"] !== undefined && output === undefined)
    throw new UserError("--join-command-file needs -o DIR: secrets are never printed");
  const { files, spec } = renderFiles(options, io);
  if (output === undefined) {
    io.out(redact(print(files, formatName(options)), spec));
    return ExitCode.ok;
  }
  // A plan for other programs travels; files are for one node and carry what kubeadm needs there.
  const kept =
    formatName(options) === "json" ? files.map((file) => ({ ...file, text: redact(file.text, spec) })) : files;
  const { written, unchanged, removed } = writeOutputDirectory(output, kept, limitingNode(options));
  io.err(
    `[render] ${written} written, ${unchanged} unchanged, ${removed} removed below "${printable(output)}"; begin with ${printable(output)}/RUNBOOK.md\n`,
  );
  return ExitCode.ok;
}

function joinSecrets(options: Options, io: Io): Facts {
  const path = options["join-command-file"];
  if (path === undefined) return {};
  const result = parseJoinFile(io.read(path));
  if ("problem" in result) throw new UserError(`${path}: ${result.problem}`);
  return joinFacts(result);
}

function selectNode(plan: Plan, name: string | undefined): Plan {
  if (name === undefined) return plan;
  const nodes = plan.nodes.filter((node) => node.name === name);
  if (nodes.length > 0) return { ...plan, nodes };
  const names = plan.nodes.map((node) => node.name);
  const meant = nearest(name, names);
  throw new UserError(
    `there is no node "${name}"; ${meant === undefined ? `the nodes are ${names.join(", ")}` : `did you mean ${meant}?`}`,
  );
}

function formatName(options: Options): FormatName {
  const asked = options.format ?? "files";
  if (isFormatName(options.output))
    throw new UserError(
      `-o is a directory; for the shape write --format ${options.output} (a directory of this name: -o ./${options.output})`,
    );
  if (isFormatName(asked)) return asked;
  const later = ["script", "cloud-init", "ignition", "capi-v1beta1", "capi-v1beta2"];
  throw new UserError(
    later.includes(asked)
      ? `--format ${asked} is not built yet; there are ${Object.keys(formats).join(", ")}`
      : `--format ${asked} is unknown; there are ${Object.keys(formats).join(", ")}`,
  );
}

function isFormatName(text: string | undefined): text is FormatName {
  return text !== undefined && Object.hasOwn(formats, text);
}

function print(files: readonly OutputFile[], format: FormatName): string {
  if (format === "json") return files.map((file) => file.text).join("");
  return files.map((file) => `# ==> ${file.path} ${file.mode.toString(8).padStart(4, "0")}\n${file.text}`).join("\n");
}

// Secrets of the user's own kubeadm documents are for files, not for terminals and logs.
export function redact(text: string, spec: ClusterSpec): string {
  return secretStrings(spec).reduce((redacted, secret) => redacted.replaceAll(secret, "REDACTED"), text);
}

function interfaceMissing(nodes: readonly string[]): UserError {
  const finding = {
    rule: "interface-missing",
    severity: "error" as const,
    path: "virtualIP.interface",
    message: `no network interface is given for ${nodes.join(", ")}`,
    reason: "keepalived needs the name in its file, and nothing can be looked up on the node when files are rendered",
    remedy: "write virtualIP.interface, nodes[].interface or --interface",
  };
  return new UserError("the configuration has 1 error", { findings: [finding] });
}
