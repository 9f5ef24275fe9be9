import { checksOf, type NodeCheck } from "../../checks/check.ts";
import { nodeChecks } from "../../checks/index.ts";
import { components } from "../../components/index.ts";
import type { ClusterSpec, NodeSpec } from "../../config/spec.ts";
import type { Lines } from "../../render/text.ts";
import { shellName } from "./shell.ts";

/** The preflight checks as functions, and the one that runs them in the order of the registry. */
export function checkFunctions(spec: ClusterSpec, node: NodeSpec): string {
  const written = checksOf(node, nodeChecks)
    .map((check) => ({ check, body: check.shell(spec, node) }))
    .filter(({ body }) => body.length > 0);
  const calls = written.map(({ check }) => `  about=${check.about}\n  ${functionName(check)}`);
  const functions = written.map(
    ({ check, body }) => `# ${check.summary}\n${functionName(check)}() {\n${indent(body)}\n}`,
  );
  return `${functions.join("\n\n")}\n\nrun_checks() {\n${calls.join("\n")}\n  about=files\n}`;
}

function functionName({ id }: NodeCheck): string {
  return `check_${shellName(id)}`;
}

/** The function that asks the daemons about changed configurations. */
export function configurationChecks(spec: ClusterSpec): string {
  const calls = components
    .filter((component) => component.appliesTo(spec))
    .flatMap(({ name, configCheck }) =>
      configCheck === undefined
        ? []
        : [
            `  check_configuration ${name} ${configCheck.path} '${configCheck.lacks ?? ""}' ${configCheck.command.join(" ")}`,
          ],
    );
  return `check_configurations() {\n${calls.length === 0 ? "  :" : calls.join("\n")}\n}`;
}

function indent(lines: Lines): string {
  return lines.map((line) => (line === "" ? "" : `  ${line}`)).join("\n");
}
