import type { YamlObject } from "../../model/kubernetes.ts";
import { agentOf } from "../../readers/agent.ts";
import { compareReleases, type ImageName, readImage, type Release, releaseOf } from "../../config/image.ts";
import { type Container, type Pod, readPod } from "../../readers/pod.ts";
import { isTemplate } from "../../readers/template.ts";
import { scalarText, type YamlPart } from "../../readers/yaml-part.ts";
import { readFlags } from "./flags.ts";
import { type Variable, variables } from "../../config/kube-vip-variables.ts";

/** kube-vip as a pod starts it. */
export interface KubeVip {
  readonly pod: Pod;
  readonly container: Container;
  readonly image: ImageName;
  /** By the image's tag; undefined for a tag that names none, which is taken for the newest. */
  readonly release: Release | undefined;
  /** By the variable's name; a variable wins over its flag, and the last of two over the first. */
  readonly settings: ReadonlyMap<string, Setting>;
  /** Flags by name, also those that no variable stands for. */
  readonly flags: ReadonlyMap<string, YamlPart>;
  /** Whether everything it is told stands here; else a ConfigMap or a file may say more. */
  readonly isComplete: boolean;
}

export interface Setting {
  readonly variable: Variable;
  /** Empty where it is a reference. */
  readonly value: string;
  readonly isReference: boolean;
  readonly part: YamlPart;
}

/** Each kube-vip that a pod or workload starts. */
export function kubeVipsOf(object: YamlObject): readonly KubeVip[] {
  const found = known.get(object) ?? readKubeVips(readPod(object));
  known.set(object, found);
  return found;
}

// Every rule asks for them.
const known = new WeakMap<YamlObject, readonly KubeVip[]>();

function readKubeVips(pod: Pod): readonly KubeVip[] {
  return pod.containers
    .filter((container) => agentOf(container) === "kube-vip")
    .map((container) => {
      const image = readImage(container.image.text ?? "");
      const flags = readFlags(container);
      const settings = readSettings(container, flags);
      const isComplete = !container.part.at("envFrom").exists && !settings.has("config_file");
      return { pod, container, image, release: releaseOf(image.tag), settings, flags, isComplete };
    });
}

/** Whether a kube-vip is older than a release; one of an unknown release is not. */
export function isBefore({ release }: KubeVip, version: string): boolean {
  const other = releaseOf(version);
  return release !== undefined && other !== undefined && compareReleases(release, other) < 0;
}

/** Whether a kube-vip is of a release between two, both included. */
export function isBetween(kubeVip: KubeVip, first: string, last: string): boolean {
  const end = releaseOf(last);
  const { release } = kubeVip;
  return release !== undefined && end !== undefined && !isBefore(kubeVip, first) && compareReleases(release, end) <= 0;
}

/** Whether a variable is set to something that is known only in the pod. */
export function isReference({ settings }: KubeVip, name: string): boolean {
  return settings.get(name)?.isReference === true;
}

/** What a variable is set to; empty is as good as not set, and what is known only in the pod is empty. */
export function settingText({ settings }: KubeVip, name: string): string {
  return settings.get(name)?.value ?? "";
}

/** Whether a switch is on, as strconv.ParseBool reads it; undefined where nothing is said. */
export function settingBool(kubeVip: KubeVip, name: string): boolean | undefined {
  const text = settingText(kubeVip, name);
  if (/^(?:1|t|T|TRUE|true|True)$/.test(text)) return true;
  return /^(?:0|f|F|FALSE|false|False)$/.test(text) ? false : undefined;
}

/** A whole number; undefined where nothing, or nothing of the kind, is said. */
export function settingNumber(kubeVip: KubeVip, name: string): number | undefined {
  const text = settingText(kubeVip, name);
  return /^[+-]?\d{1,10}$/.test(text) ? Number(text) : undefined;
}

/** The place of a setting; where it is missing, of the list of variables. */
export function settingPart({ settings, container }: KubeVip, name: string): YamlPart {
  return settings.get(name)?.part ?? environmentPart(container);
}

/** Whether it holds the address of a control plane. */
export function servesControlPlane(kubeVip: KubeVip): boolean {
  return settingBool(kubeVip, "cp_enable") === true;
}

/** Whether it elects its leader in etcd, which needs no client of the API. */
export function electsInEtcd({ flags }: KubeVip): boolean {
  return flags.get("leaderElectionType")?.text === "etcd";
}

/** The container's variables, to point at what is missing among them. */
export function environmentPart(container: Container): YamlPart {
  const list = container.part.at("env");
  return list.exists
    ? { ...list, position: list.keyPosition }
    : { ...container.part, position: container.part.at("name").keyPosition };
}

function readSettings(container: Container, flags: ReadonlyMap<string, YamlPart>): ReadonlyMap<string, Setting> {
  const settings = new Map<string, Setting>();
  for (const variable of variables) {
    const flag = variable.flag === undefined ? undefined : flags.get(variable.flag);
    if (flag !== undefined)
      settings.set(variable.name, { variable, value: flagValue(flag, variable), isReference: false, part: flag });
  }
  for (const { name, part, value } of container.environment) {
    const variable = byName.get(name);
    if (variable === undefined) continue;
    const text = scalarText(value) ?? "";
    // Another program fills it in, or the kubelet does.
    const isReference = part.at("valueFrom").exists || isTemplate(text);
    // kube-vip takes an empty variable for one that is not set.
    if (text !== "" || isReference || !settings.has(name))
      settings.set(name, { variable, value: isReference ? "" : text, isReference, part: value.exists ? value : part });
  }
  return settings;
}

function flagValue({ text = "" }: YamlPart, { flag, form }: Variable): string {
  const [name, value] = /^--?([^=]+)=(.*)$/s.exec(text)?.slice(1) ?? [];
  if (name !== undefined && name === flag) return value ?? "";
  return form === "bool" ? "true" : text;
}

const byName: ReadonlyMap<string, Variable> = new Map(variables.map((variable) => [variable.name, variable]));
