import type { NodeProblem } from "../checks/check.ts";
import type { ConfigCheck } from "../components/component.ts";
import { components } from "../components/index.ts";
import type { ClusterSpec } from "../config/spec.ts";
import { runProgram } from "../host/run-program.ts";
import { problemName } from "../plan/node-messages.ts";
import { stagedPath } from "./staging.ts";
import type { Target } from "./targets.ts";

/**
 * Asks the daemons about changed configurations of a live node, before one takes the place of another:
 * the host's program, else the one in the running container, which sees the staged file too because
 * the directory is mounted at the same path. Where neither is there, or can judge, nobody is asked.
 */
export function checkConfigurations(spec: ClusterSpec, targets: readonly Target[]): readonly NodeProblem[] {
  return components
    .filter((component) => component.appliesTo(spec))
    .flatMap(({ name, configCheck }): readonly NodeProblem[] => {
      const changed = targets.some(({ file, change }) => change === "changed" && file.path === configCheck?.path);
      if (configCheck === undefined || !changed) return [];
      const answer = onHost(configCheck) ?? inContainer(name, configCheck);
      if (answer === undefined || answer.status === 0) return [];
      const message = `${name} refuses the new file, so nothing was changed: ${tellingLine(answer.output)}`;
      return [{ name: problemName("ConfigCheck", configCheck.path), severity: "error", message }];
    });
}

interface Answer {
  readonly status: number | null;
  readonly output: string;
}

function onHost({ path, command, lacks }: ConfigCheck): Answer | undefined {
  const answer = ask([...command, stagedPath("/", path)]);
  return lacks !== undefined && answer?.output.includes(lacks) === true ? undefined : answer;
}

function inContainer(name: string, { path, command }: ConfigCheck): Answer | undefined {
  const container = ask(["crictl", "ps", "--quiet", "--name", `^${name}$`]);
  const id = container?.status === 0 ? container.output.trim().split("\n")[0] : "";
  return id === "" || id === undefined ? undefined : ask(["crictl", "exec", id, ...command, stagedPath("/", path)]);
}

function ask(command: readonly string[]): Answer | undefined {
  const result = runProgram(command);
  return result.state === "missing" ? undefined : { status: result.status, output: result.stdout + result.stderr };
}

// haproxy's last line says only that there were errors; keepalived's is not always about the first.
function tellingLine(output: string): string {
  const lines = output.trim().split("\n");
  return lines.find((line) => /\[ALERT\]|Line \d.*\)/.test(line)) ?? lines.at(-1) ?? "";
}
