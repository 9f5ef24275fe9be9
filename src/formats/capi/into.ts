import { type Document, isMap, LineCounter, parseAllDocuments } from "yaml";

import { type PathStep, pathText, readPath } from "../../config/paths.ts";
import { UserError } from "../../errors.ts";
import type { Finding } from "../../findings/finding.ts";
import { findArgument } from "../../kubeadm/arguments.ts";
import { applySplices } from "../../kubeadm/splice.ts";
import { readYaml } from "../../yaml/read.ts";
import type { FormatInput, FormatOutput } from "../format.ts";
import { commandChanges } from "./into-commands.ts";
import { type FileChanges, fileChanges } from "./into-files.ts";
import { limitProblems } from "./limits.ts";
import { scriptPaths } from "./machine.ts";
import { placeFiles, restoredMachine, sizes } from "./produce.ts";
import { type ContractVersion, controlPlaneGroup } from "./versions.ts";

/** A file with templates, as somebody named it. */
export interface TemplateFile {
  readonly name: string;
  readonly text: string;
}

/**
 * The file with kube-vip in its KubeadmControlPlane. Only what belongs to kube-vip changes: its files, in
 * their places, and the commands that run its scripts; comments and order stay. A second time changes nothing.
 */
export function putInto(file: TemplateFile, input: FormatInput, version: ContractVersion): FormatOutput {
  const { spec, compress } = input;
  if (compress === undefined) throw new Error("this format compresses");
  if (spec.kubeadmDocuments.length > 0)
    throw new UserError(
      `${file.name} has kubeadm's configuration already: leave kubeadm's documents out, or render a whole object with --kind`,
    );
  if (spec.virtualIP.provider !== "kube-vip")
    throw new UserError(
      `${file.name} needs nothing for an external load balancer: its endpoint stands in the Cluster, as controlPlaneEndpoint of the infrastructure`,
    );
  const { base, document, others } = findTarget(file, version);
  const map = document.getIn(base, true);
  if (!isMap(map) || map.flow === true)
    throw new UserError(
      `${file.name} has no ${pathText(base)} of keys on lines of their own: there is nothing to put kube-vip into`,
    );
  const before: unknown = map.toJS(document);
  const ignition = readPath(before, ["format"]) === "ignition";
  const machine = restoredMachine(input);
  const placed = placeFiles(machine, {
    bootstrapFormat: ignition ? "ignition" : "cloud-config",
    compress,
    secretName: undefined,
  });
  const target = { text: file.text, map, name: file.name, base };
  const files = fileChanges(
    target,
    placed.map(({ entry }) => entry),
  );
  const commands = [
    commandChanges(target, { key: "preKubeadmCommands", script: machine.before[0], place: scriptPaths.before }),
    commandChanges(target, { key: "postKubeadmCommands", script: machine.after[0], place: scriptPaths.after }),
  ];
  const text = applySplices(file.text, [...files.splices, ...commands.flatMap(({ splices }) => splices)]);
  checkLimits({ ...file, text }, base);
  return {
    files: [{ path: file.name, mode: 0o600, text }],
    incomplete: [],
    notes: [
      ...sizes({ text: partOf({ ...file, text }, version), machine, files: placed }, compress),
      ...files.moved.map(
        (words) => `kube-vip's ${words}: spec.controlPlaneEndpoint of the Cluster has to say the same`,
      ),
      ...lostSettings(files),
      ...commands.flatMap(({ notes }) => notes),
      ...others,
      ...leftAlone(before),
    ],
  };
}

/** The KubeadmConfigSpec as it stands there: what becomes user data. */
function partOf(file: TemplateFile, version: ContractVersion): string {
  const { base, document } = findTarget(file, version);
  const part = document.getIn(base, true);
  return isMap(part) && part.range ? file.text.slice(part.range[0], part.range[1]) : "";
}

interface Target {
  readonly document: Document.Parsed;
  /** Of the KubeadmConfigSpec in the document. */
  readonly base: readonly PathStep[];
  /** What else in the file has to do with kube-vip, such as the patches of a ClusterClass. */
  readonly others: readonly string[];
}

function findTarget({ name, text }: TemplateFile, version: ContractVersion): Target {
  const { findings } = readYaml(name, text);
  if (findings.length > 0) throw new UserError(`${name} cannot be read`, { findings });
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(text, { keepSourceTokens: true, prettyErrors: false, lineCounter });
  const all = Array.isArray(documents) ? documents : [];
  const found = all.flatMap((document) => {
    const base = isMap(document.contents) ? bases[String(document.get("kind"))] : undefined;
    const apiVersion = base === undefined ? "" : String(document.get("apiVersion"));
    const { line } = lineCounter.linePos(document.contents?.range[0] ?? 0);
    return base !== undefined && apiVersion.startsWith(`${controlPlaneGroup}/`)
      ? [{ document, base, apiVersion, line }]
      : [];
  });
  const [target, second] = found;
  if (target === undefined)
    throw new UserError(
      `${name} has no KubeadmControlPlane of ${controlPlaneGroup}; --kind KubeadmControlPlane makes one`,
    );
  if (second !== undefined)
    throw new UserError(
      `${name} has ${found.length} KubeadmControlPlanes (lines ${found.map(({ line }) => line).join(" and ")}), and a virtual IP belongs to one: give each a file of its own`,
    );
  if (target.apiVersion !== `${controlPlaneGroup}/${version}`)
    throw new UserError(
      `${name} has a KubeadmControlPlane of ${target.apiVersion}: use --format capi-${target.apiVersion.replace(/^.*\//, "")}`,
    );
  const others = all.filter(
    (document) => document !== target.document && /kube-?vip/i.test(text.slice(document.range[0], document.range[1])),
  );
  return {
    ...target,
    others: others.map((document) => `${String(document.get("kind"))} has to do with kube-vip too and is left alone`),
  };
}

const bases: Readonly<Record<string, readonly PathStep[]>> = {
  KubeadmControlPlane: ["spec", "kubeadmConfigSpec"],
  KubeadmControlPlaneTemplate: ["spec", "template", "spec", "kubeadmConfigSpec"],
};

function checkLimits(file: TemplateFile, base: readonly PathStep[]): void {
  const { documents, findings: broken } = readYaml(file.name, file.text);
  if (broken.length > 0)
    throw new UserError(
      `${file.name} has lists of files or commands that are neither block lists nor empty, such as aliases or variables: nothing can be put into them`,
      { findings: broken },
    );
  const document = documents.find(({ value }) => bases[String(readPath(value, ["kind"]))] === base);
  const findings = limitProblems(readPath(document?.value, base)).map(({ path, message, remedy }): Finding => ({
    rule: "cluster-api-limit",
    severity: "error",
    path: pathText([...base, ...path]),
    message,
    remedy,
    ...(document && { position: document.locate([...base, ...path]) }),
  }));
  if (findings.length > 0) throw new UserError(`${file.name} would be refused`, { findings });
}

function lostSettings({ lost }: FileChanges): readonly string[] {
  return lost.length === 0
    ? []
    : [`the kube-vip that was there had ${lost.join(", ")}; to keep a setting write it below kubeVip.extraEnv`];
}

function leftAlone(spec: unknown): readonly string[] {
  const given = readPath(spec, ["clusterConfiguration", "apiServer", "extraArgs"]);
  return findArgument(given, "shutdown-delay-duration") === undefined
    ? [
        "clusterConfiguration is left alone; apiServer.extraArgs shutdown-delay-duration=10s would let an API server finish its requests when it stops",
      ]
    : [];
}
