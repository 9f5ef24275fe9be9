import { hasKeyword, type HostNeed, optionalKeywords, requiredKeywords } from "../config/host-needs.ts";
import { isBelow } from "../config/host-version.ts";
import { type ClusterSpec, isAgentNode, type NodeSpec, runsOnHosts } from "../config/spec.ts";
import type { Lines } from "../render/text.ts";
import type { CheckSubject, NodeCheck, NodeProblem } from "./check.ts";
import { isBelowShell, parseProgramVersion, versionShell } from "./program-version.ts";
import { problemCall, variable } from "./shell.ts";

/** What is installed decides, not what `host` says. */
export const hostVersion: NodeCheck = {
  id: "HostVersion",
  summary: "Where keepalived and the balancer are services, the installed ones know every keyword of their files.",
  reason:
    "files are made for the versions in `host`; haproxy and nginx do not start with a keyword that they do not know, and keepalived leaves it out",
  about: "machine",
  run,
  shell,
};

function run({ spec, node, facts }: CheckSubject): readonly NodeProblem[] {
  return programsOf(spec, node).flatMap(({ program, needs }) => {
    const version = facts.versions[program];
    if (version === undefined || parseProgramVersion(version) === undefined) return [];
    const need = needs.find(({ since }) => isBelow(version, since) === true);
    return need === undefined ? [] : [older(need, version)];
  });
}

function shell(spec: ClusterSpec, node: NodeSpec): Lines {
  return programsOf(spec, node).flatMap(({ program, needs }) => [
    ...versionShell(program),
    'if [ -n "$version" ]; then',
    ...needs.flatMap((need, index) => [
      `  ${index === 0 ? "if" : "elif"} ${isBelowShell(need.since)}; then`,
      `    ${problemCall(older(need, variable("version")))}`,
    ]),
    "  fi",
    "fi",
  ]);
}

interface ProgramNeeds {
  readonly program: HostNeed["program"];
  /** The oldest first: who lacks it lacks the later ones too. */
  readonly needs: readonly HostNeed[];
}

function programsOf(spec: ClusterSpec, node: NodeSpec): readonly ProgramNeeds[] {
  if (!runsOnHosts(spec) || !isAgentNode(spec, node)) return [];
  const used = Object.values(optionalKeywords).filter((need) => hasKeyword(spec, need));
  const all: readonly HostNeed[] = [...requiredKeywords(spec), ...used];
  const programs = [...new Set(all.map(({ program }) => program))];
  return programs.map((program) => ({ program, needs: all.filter((need) => need.program === program) }));
}

function older({ program, since, keyword }: HostNeed, text: string): NodeProblem {
  const isOptional = Object.values<HostNeed>(optionalKeywords).some((need) => need.keyword === keyword);
  const mend = `install ${program} ${since} or later`;
  return {
    name: `HostVersion-${program}`,
    severity: "error",
    message: `${program} ${text} does not know ${keyword}, which its file has: ${isOptional ? `set host.${program} to this version and render again, or ${mend}` : mend}`,
  };
}
