import { type KubernetesVersion, parseKubernetesVersion } from "../config/kubernetes-version.ts";
import type { ClusterSpec } from "../config/spec.ts";
import { vipRace } from "../kubeadm/vip-race.ts";
import type { Lines } from "../render/text.ts";
import type { CheckSubject, NodeCheck, NodeProblem } from "./check.ts";
import { parseProgramVersion, versionShell } from "./program-version.ts";
import { problemCall, variable } from "./shell.ts";

/** What is installed decides, not what was planned. */
export const kubeadmVersion: NodeCheck = {
  id: "KubeadmVersion",
  summary: "The installed kubeadm can set up this Kubernetes, and does not ask for the virtual IP too early.",
  reason:
    "kubeadm knows its own minor and the one before; some patches ask the endpoint right after the API server is up (https://github.com/kubernetes/kubeadm/issues/3294)",
  about: "machine",
  forKubelet: true,
  run,
  shell,
};

function run({ spec, role, facts }: CheckSubject): readonly NodeProblem[] {
  const text = facts.versions.kubeadm;
  const installed = parseProgramVersion(text);
  if (text === undefined || installed === undefined) return [missing(spec)];
  const { minor } = spec.kubernetesVersion;
  if (installed.minor < minor) return [older(spec, text)];
  if (installed.minor > minor + 1) return [newer(spec, text)];
  if (role !== "init" || facts.member) return [];
  return races(spec)
    .filter((race) => race.minor === installed.minor && race.from <= installed.patch && installed.patch < race.fixed)
    .map((race) => early(race, text));
}

function shell(spec: ClusterSpec): Lines {
  const { minor } = spec.kubernetesVersion;
  const version = variable("version");
  return [
    ...versionShell("kubeadm"),
    'if [ -z "$version" ]; then',
    `  ${problemCall(missing(spec))}`,
    `elif [ "$version_minor" -lt ${minor} ]; then`,
    `  ${problemCall(older(spec, version))}`,
    `elif [ "$version_minor" -gt ${minor + 1} ]; then`,
    `  ${problemCall(newer(spec, version))}`,
    ...races(spec).flatMap((race) => [
      `elif [ "$role" = init ] && [ -z "$member" ] && [ "$version_minor" -eq ${race.minor} ] &&`,
      `  [ "$version_patch" -ge ${race.from} ] && [ "$version_patch" -lt ${race.fixed} ]; then`,
      `  ${problemCall(early(race, version))}`,
    ]),
    "fi",
  ];
}

/** The patches of a minor that ask for the endpoint without waiting for it. */
interface Race {
  readonly minor: number;
  readonly from: number;
  readonly fixed: number;
}

/** Of the minors that may set up this Kubernetes. Only kube-vip is late: it needs the API to get the address. */
function races(spec: ClusterSpec): readonly Race[] {
  if (spec.virtualIP.provider !== "kube-vip") return [];
  const { minor } = spec.kubernetesVersion;
  return [minor, minor + 1].flatMap((candidate) => {
    const immediate = patches.filter((patch) => vipRace(release(candidate, patch)) === "immediate");
    const [from] = immediate;
    return from === undefined ? [] : [{ minor: candidate, from, fixed: from + immediate.length }];
  });
}

const patches: readonly number[] = Array.from({ length: 100 }, (_, patch) => patch);

function release(minor: number, patch: number): KubernetesVersion {
  const version = parseKubernetesVersion(`1.${minor}.${patch}`);
  if (version === undefined) throw new Error(`no version 1.${minor}.${patch}`);
  return version;
}

function missing({ kubernetesVersion }: ClusterSpec): NodeProblem {
  const message = `no kubeadm here tells its version: install kubeadm 1.${kubernetesVersion.minor}`;
  return { name: "KubeadmVersion", severity: "warning", message };
}

function older({ kubernetesVersion }: ClusterSpec, text: string): NodeProblem {
  return {
    name: "KubeadmVersion",
    severity: "error",
    message: `kubeadm ${text} does not know Kubernetes ${kubernetesVersion.text}: install kubeadm 1.${kubernetesVersion.minor}`,
  };
}

function newer({ kubernetesVersion }: ClusterSpec, text: string): NodeProblem {
  return {
    name: "KubeadmVersion",
    severity: "error",
    message: `kubeadm ${text} sets up its own minor and the one before, not Kubernetes ${kubernetesVersion.text}: install kubeadm 1.${kubernetesVersion.minor}`,
  };
}

function early({ minor, fixed }: Race, text: string): NodeProblem {
  return {
    name: "KubeadmVersion",
    severity: "warning",
    message: `kubeadm ${text} asks for the virtual IP right after the API server is up, when kube-vip may not have it yet: install kubeadm v1.${minor}.${fixed} or a later patch (https://github.com/kubernetes/kubeadm/issues/3294)`,
  };
}
