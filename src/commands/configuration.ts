import { dirname } from "node:path";

import type { FlagValues } from "../config/flags.ts";
import { resolveConfiguration } from "../config/resolve.ts";
import { resolveWithVariables, type VariableResolution } from "../config/resolve-variables.ts";
import type { Rule } from "../config/rule.ts";
import type { SourceText } from "../config/sources.ts";
import type { ClusterSpec } from "../config/spec.ts";
import { UserError } from "../errors.ts";
import { formatFindings, printable, summarize } from "../findings/text.ts";
import type { Io } from "../host/io.ts";
import { readPatchDirectory } from "../host/patch-directory.ts";
import { kubeadmRules } from "../kubeadm/rules.ts";
import { snippets } from "../rules/snippets.ts";
import type { Options } from "./options.ts";

/** How a command reads its configuration. */
export interface LoadOptions {
  /** Rules of this command beside those that always hold. */
  readonly rules?: readonly Rule[];
  /** The file that is read without --config; `./ha.yaml` unless the command runs on a node. */
  readonly defaultFile?: string;
  /** Whether the machines are made later: no node needs to be listed. */
  readonly pool?: boolean;
  /** Whether values may be variables that are filled in later. */
  readonly variables?: boolean;
}

/** The cluster of --config and the flags; every problem is told on stderr, and errors end the command. */
export function loadCluster(options: Options, io: Io, load: LoadOptions = {}): LoadedCluster {
  const resolution = resolve(options, io, load);
  if (resolution.spec === undefined)
    throw new UserError(`the configuration has ${summarize(resolution.findings)}`, { findings: resolution.findings });
  if (resolution.findings.length > 0) io.err(formatFindings(resolution.findings));
  return { ...resolution, spec: resolution.spec };
}

/** A configuration without errors. */
export interface LoadedCluster extends VariableResolution {
  readonly spec: ClusterSpec;
}

/** The same without the end: for commands whose answer is the findings or the configuration itself. */
export function resolve(
  options: Options,
  io: Io,
  { rules = [], defaultFile = ofTheDirectory, pool, variables }: LoadOptions = {},
): VariableResolution {
  const patches = patchDirectory(options, io, defaultFile);
  return resolveSource({ options, io, rules, pool, variables, patches }, configurationFile(options, io, defaultFile));
}

/** Checks one text as a configuration; what flags replace in it is told. */
export function resolveSource(
  { options, io, rules = [], pool, variables, patches = options.patches }: ResolveInput,
  file: SourceText | undefined,
): VariableResolution {
  const kubeadmPath = options["kubeadm-config"];
  const kubeadmFile = kubeadmPath === undefined ? undefined : readSource(kubeadmPath, io);
  const flags = flagValues(options);
  const input = {
    file,
    kubeadmFile,
    flags,
    rules: [...kubeadmRules, snippets, ...rules],
    pool,
    patches: patches === undefined ? [] : readPatchDirectory(patches, io),
  };
  const resolution =
    variables === true
      ? resolveWithVariables(input)
      : { ...resolveConfiguration(input), restore: (text: string): string => text };
  for (const { flag, key } of resolution.overridden) io.err(`[config] ${flag} replaces ${key} of the file\n`);
  return resolution;
}

interface ResolveInput {
  readonly options: Options;
  readonly io: Io;
  readonly rules?: readonly Rule[];
  readonly pool?: boolean | undefined;
  readonly variables?: boolean | undefined;
  /** The directory of patches, that of --patches if nothing is said. */
  readonly patches?: string | undefined;
}

/** The configuration that is read where commands are not for a node. */
const ofTheDirectory = "ha.yaml";

// A node keeps its patches beside its configuration.
function patchDirectory({ patches, config }: Options, io: Io, defaultFile: string): string | undefined {
  const kept = `${dirname(defaultFile)}/patches`;
  return patches ?? (config === undefined && defaultFile !== ofTheDirectory && io.exists(kept) ? kept : undefined);
}

/** A file as findings name it. */
export function readSource(path: string, io: Io): SourceText {
  return { name: path === "-" ? "(stdin)" : printable(path.replace(/^\.\//, "")), text: io.read(path) };
}

/** The name after --node that limits an answer to one node, if there is one. */
export function limitingNode(options: Options): string | undefined {
  const names = (options.node ?? []).filter((text) => !text.includes("="));
  if (names.length > 1)
    throw new UserError(`--node limits the answer to one node, but ${names.join(" and ")} were given`);
  return names[0];
}

function configurationFile(options: Options, io: Io, defaultFile: string): SourceText | undefined {
  if (options.config !== undefined) return readSource(options.config, io);
  if (io.exists(defaultFile)) return readSource(defaultFile, io);
  if (Object.keys(flagValues(options)).length > 0) return undefined;
  throw new UserError(
    defaultFile.startsWith("/")
      ? `there is no ${defaultFile} and no --config: this machine was not prepared yet`
      : `there is no ${defaultFile} here and no --config; "kubeadm-ha config print > ${defaultFile}" makes a starter`,
  );
}

function flagValues(options: Options): FlagValues {
  const nodes = (options.node ?? []).filter((text) => text.includes("="));
  return definedOnly({
    kubernetesVersion: options["kubernetes-version"],
    stack: options.stack,
    controlPlaneEndpoint: options["control-plane-endpoint"],
    vip: options.vip,
    interface: options.interface,
    failover: options.failover,
    deployAs: options["deploy-as"],
    staticPodPath: options["static-pod-path"],
    kubeconfigPath: options["kubeconfig-path"],
    node: nodes.length > 0 ? nodes : undefined,
    apiserverBindPort: options["apiserver-bind-port"],
  });
}

function definedOnly(values: { readonly [Key in keyof FlagValues]: FlagValues[Key] | undefined }): FlagValues {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
