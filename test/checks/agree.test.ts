import { spawnSync } from "node:child_process";

import { afterEach, expect, test, vi } from "vitest";

import { nodeChecks } from "../../src/checks/index.ts";
import { runsOnHosts } from "../../src/config/spec.ts";
import { collectFacts } from "../../src/observe/node-facts.ts";
import { temporaryDirectory } from "../support/temporary.ts";
import { subjectOf } from "./case.ts";
import { cases } from "./cases/index.ts";
import { fakeMachine } from "./fake-machine.ts";
import { checkScript, runScript, shells } from "./scripts.ts";

// One machine for each case: what `prepare` sees there is what the case says, and what every shell
// finds there is what `prepare` finds.
const all = Object.entries(cases).flatMap(([id, list]) => list.map((entry) => [id, entry[0], entry] as const));

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

test.each(all)("%s: %s", (id, _, entry) => {
  const subject = subjectOf(entry);
  const machine = fakeMachine(temporaryDirectory(), subject.facts);
  vi.stubEnv("PATH", machine.bin);
  vi.spyOn(process, "geteuid").mockReturnValue(subject.facts.privileged ? 0 : 1000);
  const seen = collectFacts({ root: machine.root, spec: subject.spec, machine: machine.root });
  vi.unstubAllEnvs();
  const present = new Set(subject.facts.interfaces.map(({ name }) => name));
  expect(seen).toEqual({
    ...subject.facts,
    otherRoot: true,
    // Containers bring their daemons, so nobody asks the machine's.
    ...(!runsOnHosts(subject.spec) && {
      versions: { ...subject.facts.versions, keepalived: undefined, haproxy: undefined, nginx: undefined },
    }),
    addresses: subject.facts.addresses.filter((entry) => present.has(entry.interface)),
  });
  const problems = nodeChecks
    .filter((check) => check.id === id)
    .flatMap((check) => check.run({ ...subject, facts: { ...seen, otherRoot: false } }));
  const script = checkScript(id, subject, machine.root);
  for (const shell of Object.values(shells)) expect(runScript(shell, script, machine), shell[0]).toEqual(problems);
});

test("shellcheck has nothing to say", () => {
  const scripts = all.map(([, , entry]) => checkScript(undefined, subjectOf(entry), "/tmp"));
  for (const script of new Set(scripts)) {
    const { stdout, error } = spawnSync("shellcheck", ["--shell=sh", "-"], { input: script, encoding: "utf8" });
    if (error !== undefined) throw error;
    expect(stdout, script).toBe("");
  }
}, 60_000);
