import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

import { type ConfigurationInput, resolveConfiguration } from "../src/config/resolve.ts";
import type { ClusterSpec } from "../src/config/spec.ts";
import { formatFindings } from "../src/findings/text.ts";
import type { FormatInput, OutputFile } from "../src/formats/format.ts";
import { formats } from "../src/formats/index.ts";
import { kubeadmRules } from "../src/kubeadm/rules.ts";
import { makePlan } from "../src/plan/make-plan.ts";
import type { Plan } from "../src/plan/plan.ts";

/** The releases that every example is rendered for: the last with v1beta3, the oldest and the newest supported. */
export const exampleVersions = ["v1.30.4", "v1.34.10", "v1.37.0"] as const;

/** The examples by name; those of the seeds are `seeds/S0`, `seeds/S2/pair` and so on. */
export function exampleNames(root: string): readonly string[] {
  return readdirSync(join(root, "manifests"), { recursive: true, encoding: "utf8" })
    .filter((path) => /^(?:[^/]+|seeds\/[^/]+(?:\/[^/]+)?)\/ha\.yaml$/.test(path))
    .map((path) => dirname(path))
    .toSorted();
}

/** Those whose nodes this tool prepares: all but the one that is not of kubeadm. */
export function nodeExampleNames(root: string): readonly string[] {
  return exampleNames(root).filter((name) => name !== "seeds/S1");
}

/** The releases that an example is rendered for: the posts' systems for the newest one, but RKE1 ended before. */
export function versionsOf(name: string): readonly string[] {
  if (name === "seeds/S1") return exampleVersions.slice(0, 1);
  return name.startsWith("seeds/") ? exampleVersions.slice(-1) : exampleVersions;
}

/** The directory of an example's tree: v1.30 for v1.30.4. */
export function treeName(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}

/** What a user would pass for this example and release. */
export function exampleInput(directory: string, version: string): ConfigurationInput {
  const source = (name: string) =>
    existsSync(join(directory, name)) ? { name, text: readFileSync(join(directory, name), "utf8") } : undefined;
  const kubeadmFile = source(Number(version.split(".")[1]) <= 30 ? "kubeadm-v1beta3.yaml" : "kubeadm-v1beta4.yaml");
  return { file: source("ha.yaml"), kubeadmFile, flags: { kubernetesVersion: version }, rules: kubeadmRules };
}

/** The example's plan, as its commands make it; an example with an error is a mistake of ours. */
export function examplePlan(directory: string, version: string): ExamplePlan {
  const input = exampleInput(directory, version);
  const { spec, findings, savedConfiguration } = resolveConfiguration(input);
  if (spec === undefined) throw new Error(`${directory}:\n${formatFindings(findings)}`);
  const documents = input.kubeadmFile === undefined ? [] : ["--kubeadm-config", basename(input.kubeadmFile.name)];
  const plan = makePlan(spec, {
    renderFlags: ["--config", "ha.yaml", ...documents, "--kubernetes-version", version],
    savedConfiguration: savedConfiguration(),
  });
  return { spec, plan };
}

/** An example's cluster and its plan. */
export interface ExamplePlan {
  readonly spec: ClusterSpec;
  readonly plan: Plan;
}

/** The files of the example's tree. */
export function exampleFiles(
  directory: string,
  version: string,
  facts: FormatInput["facts"] = () => ({}),
): readonly OutputFile[] {
  const { spec, plan } = examplePlan(directory, version);
  return formats.files.produce(plan, { facts, spec, product: "0" }).files;
}
