import { isRecord } from "../config/paths.ts";
import { interfaceMissing } from "../config/rules/interface-missing.ts";
import { kind } from "../config/schema.ts";
import { ExitCode, UserError } from "../errors.ts";
import { filesFormat } from "../formats/files.ts";
import { formatFindings } from "../findings/text.ts";
import { collectFiles } from "../host/collect-files.ts";
import type { Io } from "../host/io.ts";
import { makePlan } from "../plan/make-plan.ts";
import type { InputFile } from "../readers/read-tree.ts";
import { readYaml } from "../yaml/read.ts";
import { loadCluster } from "./configuration.ts";
import { configurationOptions, type Options } from "./options.ts";
import { programVersion } from "./version.ts";

/** Files of a cluster, of whatever origin. */
export interface ClusterFiles {
  /** As it was named on the command line. */
  readonly name: string;
  /** Without the path that was named. */
  readonly files: readonly InputFile[];
  /** HOST[:PORT] as the user says for files that are there. */
  readonly endpoint: string | undefined;
}

/** The files at a path, or those that a configuration makes: that of --config, or one that the path names. */
export function clusterFiles(path: string | undefined, options: Options, io: Io): ClusterFiles {
  if (path === undefined) return rendered(options, io);
  if (options.config !== undefined) throw new UserError(`${path} and --config are two things to look at: name one`);
  if (path === "-" || (io.isDirectory?.(path) !== true && isConfiguration(path, io)))
    return rendered({ ...options, config: path }, io);
  const changing = configurationOptions.find(
    (option) => option !== "control-plane-endpoint" && options[option] !== undefined,
  );
  if (changing !== undefined)
    throw new UserError(`--${changing} changes a configuration, and ${path} is files that are there already`);
  const { files, problems } = collectFiles([path]);
  const [problem] = problems;
  if (files.length === 0 && problem !== undefined)
    throw new UserError(`cannot read ${path}: it ${problem.message}`, { exitCode: ExitCode.environment });
  if (problems.length > 0) io.err(formatFindings(problems));
  return { name: path, files: below(path, files), endpoint: options["control-plane-endpoint"] };
}

function rendered(options: Options, io: Io): ClusterFiles {
  const { spec, savedConfiguration } = loadCluster(options, io, { rules: [interfaceMissing("error")] });
  const plan = makePlan(spec, { savedConfiguration: savedConfiguration() });
  const { files } = filesFormat.produce(plan, { facts: () => ({}), spec, product: programVersion });
  return {
    name: options.config ?? (io.exists("ha.yaml") ? "ha.yaml" : "the flags"),
    files: files.filter(({ node }) => node !== undefined).map(({ path, text, mode }) => ({ file: path, text, mode })),
    endpoint: undefined,
  };
}

function isConfiguration(path: string, io: Io): boolean {
  if (!io.exists(path)) return false;
  const text = io.read(path);
  return (
    text.includes(kind) && readYaml(path, text).documents.some(({ value }) => isRecord(value) && value["kind"] === kind)
  );
}

// Where the tree lies on this machine says nothing about it.
function below(path: string, files: readonly InputFile[]): readonly InputFile[] {
  const prefix = `${path.replace(/^(?:\.\/)+(?=.)/, "").replace(/\/+$/, "")}/`;
  return files.map((input) =>
    input.file.startsWith(prefix) ? { ...input, file: input.file.slice(prefix.length) } : input,
  );
}
