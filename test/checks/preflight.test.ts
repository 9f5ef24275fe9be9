import { expect, test } from "vitest";

import type { NodeCheck, NodeProblem } from "../../src/checks/check.ts";
import { nodeChecks } from "../../src/checks/index.ts";
import { formatPreflight, ignoreProblems, parseIgnoreList, preflight } from "../../src/checks/preflight.ts";
import { UserError } from "../../src/errors.ts";
import { subjectOf } from "./case.ts";

const error: NodeProblem = { name: "Port-8443", severity: "error", message: "taken" };
const warning: NodeProblem = { name: "SELinux", severity: "warning", message: "enforcing" };

function check(about: NodeCheck["about"], ...problems: readonly NodeProblem[]): NodeCheck {
  return { id: "X", summary: "", reason: "", about, run: () => problems, shell: () => [] };
}

test("the usual machine has no problem", () => {
  expect(preflight(subjectOf(["", {}, []]))).toEqual([]);
});

test("with another root only the files can be fatal", () => {
  const subject = subjectOf(["", { otherRoot: true }, []]);
  const file = { ...error, name: "DirAvailable--var-lib-etcd" };
  expect(preflight(subject, [check("machine", error, warning), check("files", file)])).toEqual([
    { ...error, severity: "warning" },
    warning,
    file,
  ]);
  expect(preflight(subjectOf(["", {}, []]), [check("machine", error)])).toEqual([error]);
});

test("every check tells what it asks for and why", () => {
  for (const { id, summary, reason } of nodeChecks) {
    expect(id).toMatch(/^[A-Z]\w+$/);
    expect(summary).toMatch(/^\S.*\.$/);
    expect(reason).not.toBe("");
  }
  expect(new Set(nodeChecks.map(({ id }) => id)).size).toBe(nodeChecks.length);
});

test("ignored errors are warnings", () => {
  const problems = [error, warning];
  expect(ignoreProblems(problems, [])).toEqual(problems);
  expect(ignoreProblems(problems, parseIgnoreList("port-8443"))).toEqual([{ ...error, severity: "warning" }, warning]);
  expect(ignoreProblems(problems, parseIgnoreList("PORT-8443, x"))[0]?.severity).toBe("warning");
  expect(ignoreProblems(problems, parseIgnoreList("Port"))).toEqual(problems);
  expect(ignoreProblems(problems, parseIgnoreList("ALL"))[0]?.severity).toBe("warning");
});

test("the list of ignored checks", () => {
  expect(parseIgnoreList("")).toEqual([]);
  expect(parseIgnoreList("A,b,,a, B ")).toEqual(["a", "b"]);
  expect(parseIgnoreList("all,All")).toEqual(["all"]);
  const refused = (): readonly string[] => parseIgnoreList("all,Port-8443");
  expect(refused).toThrow(UserError);
  expect(refused).toThrow(
    `--ignore-preflight-errors "all,Port-8443": don't specify individual checks if 'all' is used`,
  );
});

test("the report is kubeadm's", () => {
  expect(formatPreflight([])).toBe("");
  expect(formatPreflight([warning])).toBe("\t[WARNING SELinux]: enforcing\n");
  expect(formatPreflight([error, warning])).toBe(
    [
      "\t[WARNING SELinux]: enforcing",
      "[preflight] Some fatal errors occurred:",
      "\t[ERROR Port-8443]: taken",
      "[preflight] If you know what you are doing, you can make a check non-fatal with `--ignore-preflight-errors=...`",
      "",
    ].join("\n"),
  );
});
