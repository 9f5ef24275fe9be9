import { UserError } from "../errors.ts";
import { type CheckSubject, checksOf, type NodeCheck, type NodeProblem } from "./check.ts";
import { nodeChecks } from "./index.ts";

/** Everything that is wrong with a machine, at once. */
export function preflight(subject: CheckSubject, checks: readonly NodeCheck[] = nodeChecks): readonly NodeProblem[] {
  return checksOf(subject.node, checks).flatMap((check) => {
    const problems = check.run(subject);
    // Another root is another machine's, or an image: what this machine lacks says little about that one.
    return check.about === "machine" && subject.facts.otherRoot ? problems.map(asWarning) : problems;
  });
}

/** The names in --ignore-preflight-errors, in lower case. */
export function parseIgnoreList(text: string): readonly string[] {
  const names = text
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "");
  const list = [...new Set(names)];
  if (list.includes("all") && list.length > 1)
    throw new UserError(`--ignore-preflight-errors "${text}": don't specify individual checks if 'all' is used`);
  return list;
}

/** Problems of which those that the user named are warnings. */
export function ignoreProblems(problems: readonly NodeProblem[], ignored: readonly string[]): readonly NodeProblem[] {
  return problems.map((problem) =>
    ignored.includes("all") || ignored.includes(problem.name.toLowerCase()) ? asWarning(problem) : problem,
  );
}

/** The block that kubeadm prints on standard error; empty where nothing is wrong. */
export function formatPreflight(problems: readonly NodeProblem[]): string {
  const lines = (severity: NodeProblem["severity"]): string =>
    problems
      .filter((problem) => problem.severity === severity)
      .map(({ name, message }) => `\t[${severity.toUpperCase()} ${name}]: ${message}\n`)
      .join("");
  const errors = lines("error");
  return errors === "" ? lines("warning") : `${lines("warning")}${fatalHead}${errors}${fatalEnd}`;
}

// https://github.com/kubernetes/kubernetes/blob/master/cmd/kubeadm/app/preflight/checks.go
const fatalHead = "[preflight] Some fatal errors occurred:\n";
const fatalEnd =
  "[preflight] If you know what you are doing, you can make a check non-fatal with `--ignore-preflight-errors=...`\n";

function asWarning(problem: NodeProblem): NodeProblem {
  return { ...problem, severity: "warning" };
}
