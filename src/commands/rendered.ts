import { basename } from "node:path";

import { nearest } from "../config/did-you-mean.ts";
import { interfaceMissing } from "../config/rules/interface-missing.ts";
import type { ClusterSpec } from "../config/spec.ts";
import { UserError } from "../errors.ts";
import { printable } from "../findings/text.ts";
import type { FormatOutput } from "../formats/format.ts";
import { formats } from "../formats/index.ts";
import type { Io } from "../host/io.ts";
import { joinEndpointProblem, joinFacts, missingForControlPlane, parseJoinFile } from "../kubeadm/join-command.ts";
import type { Facts } from "../plan/facts.ts";
import { makePlan } from "../plan/make-plan.ts";
import type { Plan } from "../plan/plan.ts";
import { limitingNode, loadCluster } from "./configuration.ts";
import { formatOption } from "./format-option.ts";
import { configurationOptions, type Options } from "./options.ts";

/** What a configuration and flags come to, for `render` and `diff`. */
export interface Rendered extends FormatOutput {
  readonly spec: ClusterSpec;
}

/** Renders; what is left out for want of join secrets is told on stderr. */
export function renderFiles(options: Options, io: Io): Rendered {
  const format = formatOption(options);
  const spec = loadCluster(options, io, [interfaceMissing(format === "files" ? "error" : "warning")]);
  const plan = selectNode(makePlan(spec, repeatedFlags(options)), limitingNode(options));
  const facts = joinSecrets(options, io, { spec, plan });
  const output = formats[format].produce(plan, { facts: () => facts });
  const joiners = output.incomplete.map(({ node }) => node);
  if (joiners.length > 0)
    io.err(
      `[render] No kubeadm.yaml for ${joiners.join(", ")}: a join needs secrets; RUNBOOK.md has the two commands\n`,
    );
  return { ...output, spec };
}

function joinSecrets(
  options: Options,
  io: Io,
  { spec, plan }: { readonly spec: ClusterSpec; readonly plan: Plan },
): Facts {
  const path = options["join-command-file"];
  if (path === undefined) return {};
  if (formatOption(options) !== "files")
    throw new UserError("--join-command-file goes with --format files only: other formats are no place for secrets");
  const result = parseJoinFile(io.read(path));
  const name = path === "-" ? "(stdin)" : printable(path);
  if ("problem" in result) throw new UserError(`${name}: ${result.problem}`);
  const foreign = joinEndpointProblem(result, spec);
  if (foreign !== undefined) throw new UserError(`${name}: ${foreign}`);
  const joining = plan.nodes.filter(({ role, bootstrap }) => role === "control-plane" && bootstrap === "join");
  if (joining.length > 0 && missingForControlPlane(result))
    throw new UserError(
      `${name} has no certificate key, which ${joining.map((node) => node.name).join(", ")} needs to join as a control-plane node; join-command.sh on the first node prints one`,
    );
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

// The runbook says how to render again: with the same flags, in the directory of the same files.
function repeatedFlags(options: Options): readonly string[] {
  const file =
    options.config === undefined && options.vip !== undefined ? undefined : basename(options.config ?? "ha.yaml");
  const given = configurationOptions.flatMap((name): readonly string[] => {
    const value = name === "config" ? file : options[name];
    if (value === undefined) return [];
    if (typeof value === "string") return [`--${name}`, name === "kubeadm-config" ? basename(value) : value];
    return value.filter((text) => text.includes("=")).flatMap((text) => [`--${name}`, text]);
  });
  return given.map((word) => (word === "-" ? "ha.yaml" : word));
}
