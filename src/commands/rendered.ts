import { basename } from "node:path";

import { readJoinFile, requestedJoinFile } from "../apply/join-secrets.ts";
import { copiedCAPath } from "../components/cluster-ca.ts";
import { caCertificate } from "./ca-certificate.ts";
import { clusterApiOptions } from "./cluster-api-options.ts";
import { nearest } from "../config/did-you-mean.ts";
import { interfaceMissing } from "../config/rules/interface-missing.ts";
import { kubeadmNodes } from "../config/rules/kubeadm-nodes.ts";
import type { ClusterSpec } from "../config/spec.ts";
import { UserError } from "../errors.ts";
import type { Format, FormatOutput } from "../formats/format.ts";
import { formats } from "../formats/index.ts";
import type { Io } from "../host/io.ts";
import type { Facts } from "../plan/facts.ts";
import { makeGroupPlan, makePlan } from "../plan/make-plan.ts";
import type { Plan } from "../plan/plan.ts";
import { limitingNode, loadCluster } from "./configuration.ts";
import { formatOption } from "./format-option.ts";
import { configurationOptions, type Options } from "./options.ts";
import { ignitionVersionOption } from "./ignition-version-option.ts";
import { roleOption } from "./role-option.ts";
import { programVersion } from "./version.ts";

/** What a configuration and flags come to, for `render` and `diff`. */
export interface Rendered extends FormatOutput {
  readonly spec: ClusterSpec;
}

/** Renders; what is left out for want of join secrets is told on stderr. */
export async function renderFiles(options: Options, io: Io): Promise<Rendered> {
  const format = formatOption(options);
  const { produce, document, compresses, pool }: Format = formats[format];
  const role = roleOption(options);
  const ignitionVersion = ignitionVersionOption(options);
  const clusterApi = clusterApiOptions(options, io);
  const { spec, savedConfiguration, restore } = loadCluster(options, io, {
    // The node script finds the interface where it runs.
    rules: [
      ...(document === undefined ? [interfaceMissing(format === "files" ? "error" : "warning")] : []),
      ...(format === "files" || format === "json" ? [] : [kubeadmNodes]),
    ],
    pool: role !== undefined || pool === true,
    variables: pool === true,
  });
  const plan =
    role === undefined && pool !== true
      ? selectNode(
          makePlan(spec, {
            renderFlags: repeatedFlags(options, io),
            savedConfiguration: savedConfiguration(),
            caCertificate: caCertificate(options, io),
          }),
          limitingNode(options),
        )
      : makeGroupPlan(spec, role ?? "join");
  if (compresses === true) requireCertificate(plan, options);
  const facts = joinSecrets(options, io, spec);
  const output = await produce(plan, {
    facts: () => facts,
    spec,
    product: programVersion,
    compress: compresses === true ? (await import("../host/compress.ts")).compress : undefined,
    options: { role, ignitionVersion, clusterApi: clusterApi && { ...clusterApi, restore } },
  });
  const waiting = output.incomplete.filter(({ path }) => path === copiedCAPath);
  const joiners = output.incomplete
    .filter((file) => !waiting.includes(file))
    .map(({ node }) => node)
    .join(", ");
  if (joiners !== "" && options["join-command-file"] !== undefined)
    throw new UserError(
      `the join file has no certificate key, which ${joiners} needs to join as a control-plane node; join-command.sh on the first node prints one`,
    );
  if (joiners !== "")
    io.err(`[render] No kubeadm.yaml for ${joiners}: a join needs secrets; RUNBOOK.md has the two commands\n`);
  if (waiting.length > 0)
    io.err(
      `[render] No ca.crt for ${waiting.map(({ node }) => node).join(", ")}: --ca-cert brings it; RUNBOOK.md has the commands\n`,
    );
  return { ...output, spec };
}

// A machine that prepares itself has nobody to bring it later.
function requireCertificate({ nodes }: Plan, options: Options): void {
  const names = nodes.filter(({ files }) => files.some(({ path }) => path === copiedCAPath)).map(({ name }) => name);
  if (names.length > 0 && options["ca-cert"] === undefined)
    throw new UserError(
      `${names.join(", ")}: a machine that only balances needs the cluster's CA: give --ca-cert FILE`,
    );
}

function joinSecrets(options: Options, io: Io, spec: ClusterSpec): Facts {
  const asked = options["join-command-file"];
  if (asked === undefined) return {};
  if (formatOption(options) !== "files")
    throw new UserError("--join-command-file goes with --format files only: other formats are no place for secrets");
  return readJoinFile(requestedJoinFile(asked, spec), io, spec);
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
function repeatedFlags(options: Options, io: Io): readonly string[] {
  const hasFile = options.config !== undefined || io.exists("ha.yaml");
  const files = {
    config: hasFile ? fileName(options.config ?? "ha.yaml") : undefined,
    "kubeadm-config": options["kubeadm-config"] === undefined ? undefined : fileName(options["kubeadm-config"]),
    patches: options.patches === undefined ? undefined : basename(options.patches),
  };
  return configurationOptions.flatMap((name): readonly string[] => {
    const value = name in files ? files[name as keyof typeof files] : options[name];
    if (value === undefined) return [];
    if (typeof value === "string") return [`--${name}`, value];
    return value.filter((text) => text.includes("=")).flatMap((text) => [`--${name}`, text]);
  });
}

// Standard input is gone when the runbook is read.
function fileName(path: string): string {
  return path === "-" ? "ha.yaml" : basename(path);
}
