import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { expect, test } from "vitest";

import { ExitCode } from "../../src/errors.ts";
import { helperFiles, helpersDirectory } from "../../src/rehearse/helpers.ts";
import { builtProgram } from "../support/built.ts";
import { temporaryDirectory } from "../support/temporary.ts";

test("they are in the build of the sources that run", () => {
  expect(helpersDirectory()).toBe(dirname(builtProgram));
});

test("they are beside the program, wherever links to it are", () => {
  const directory = realpathSync(temporaryDirectory());
  const installed = join(directory, "lib/kubeadm-ha/dist");
  mkdirSync(installed, { recursive: true });
  mkdirSync(join(directory, "bin"));
  for (const file of ["kubeadm-ha.cjs", ...Object.values(helperFiles)]) writeFileSync(join(installed, file), "");
  symlinkSync(join(installed, "kubeadm-ha.cjs"), join(directory, "bin/kubeadm-ha"));
  expect(helpersDirectory(join(directory, "bin/kubeadm-ha"))).toBe(installed);
});

test("without them the installation is broken", () => {
  const program = join(temporaryDirectory(), "kubeadm-ha.cjs");
  writeFileSync(program, "");
  expect(() => helpersDirectory(program)).toThrowError(expect.objectContaining({ exitCode: ExitCode.environment }));
});
