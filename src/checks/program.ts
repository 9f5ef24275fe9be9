import { components } from "../components/index.ts";
import { type ClusterSpec, isAgentNode, type NodeSpec, runsOnHosts } from "../config/spec.ts";
import type { NodeCheck, NodeProblem } from "./check.ts";
import { problemCall } from "./shell.ts";

/** Services run what is installed. */
export const program: NodeCheck = {
  id: "Program",
  summary: "The programs of what runs as a service are installed.",
  reason: "a service without its program fails for ever, and without nc keepalived's check never succeeds",
  about: "machine",
  run: ({ spec, node, facts }) =>
    problems(spec, node)
      .filter(({ name }) => !facts.programs.includes(name))
      .map(({ problem }) => problem),
  shell: (spec, node) =>
    problems(spec, node).map(({ name, problem }) => `command -v ${name} >/dev/null 2>&1 || ${problemCall(problem)}`),
};

/** The programs that are looked for. */
export const knownPrograms = [...new Set(components.flatMap(({ programs }) => programs))];

function problems(
  spec: ClusterSpec,
  node: NodeSpec,
): readonly { readonly name: string; readonly problem: NodeProblem }[] {
  if (!isAgentNode(spec, node)) return [];
  return components
    .filter((component) => component.appliesTo(spec) && (component.isService === true || runsOnHosts(spec)))
    .flatMap(({ programs }) => programs)
    .map((name) => ({ name, problem: missing(name, spec) }));
}

function missing(name: string, { host }: ClusterSpec): NodeProblem {
  const install =
    host.family === "debian"
      ? `apt-get install --no-install-recommends ${packages.debian[name] ?? name}`
      : `dnf install ${packages.rhel[name] ?? name}`;
  return {
    name: `Program-${name}`,
    severity: "error",
    message: `${name} is not installed: ${install}; leave the package's own services disabled`,
  };
}

const packages: Readonly<Record<"debian" | "rhel", Readonly<Record<string, string>>>> = {
  debian: { nc: "netcat-openbsd", nft: "nftables", nginx: "nginx-light libnginx-mod-stream" },
  rhel: { nc: "nmap-ncat", nft: "nftables", nginx: "nginx nginx-mod-stream" },
};
