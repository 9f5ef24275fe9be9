import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { readTree } from "../../src/readers/read-tree.ts";
import { kubeadmFileRules } from "../../src/rules/kubeadm/index.ts";
import { runRules } from "../../src/rules/run.ts";
import { createSpace, mustRun, type Space, write } from "./lab/space.ts";
import { type FieldCase, fieldCases, plainCases } from "./support/kubeadm-fields.ts";
import { oracle, requireSystem } from "./support/programs.ts";

const releases = [
  { release: "v1.30.4", minor: 30, reads: ["v1beta3"], refuses: ["v1beta4"] },
  { release: "v1.34.10", minor: 34, reads: ["v1beta3", "v1beta4"], refuses: [] },
  { release: "v1.37.0", minor: 37, reads: ["v1beta4"], refuses: ["v1beta3"] },
] as const;

beforeAll(requireSystem);

describe("kubeadm config validate and the rules for its documents agree on every field, right and wrong", () => {
  let space: Space;
  beforeAll(async () => {
    // Without a network, which a release or an address would be looked up on.
    space = await createSpace("kubeadm");
  });
  afterAll(() => space.stop());

  it.each(releases)("of $release", async ({ release, minor, reads, refuses }) => {
    const cases = [
      ...reads.flatMap((version) => fieldCases(version, release)),
      ...refuses.flatMap((version) => plainCases(version, release)),
    ];
    const answers = await verdicts({ space, release }, cases);
    const differences = cases.flatMap((given, index) => {
      const theirs = answers[index] ?? "no answer";
      const ours = complaintOf(given, { kubernetesVersion: release, kubernetesMinor: minor });
      const agreed = (theirs === "") === (ours === "") || (given.stricter !== undefined && theirs === "");
      return agreed ? [] : [`${given.name}\n  kubeadm: ${theirs || "accepted"}\n  rules: ${ours || "accepted"}`];
    });
    const refused = answers.filter((answer) => answer !== "").length;
    const stricter = cases.filter(({ stricter: reason }, index) => reason !== undefined && answers[index] === "").length;
    console.log(`kubeadm ${release}: ${cases.length} documents, ${refused} refused, ${stricter} refused by us alone`);
    expect(differences).toEqual([]);
    // Both verdicts are there, or nothing was compared.
    expect(refused).toBeGreaterThan(100);
    expect(cases.length - refused).toBeGreaterThan(100);
  });
});

function complaintOf({ text }: FieldCase, release: Parameters<typeof runRules>[1]): string {
  const { clusters } = readTree([{ file: "kubeadm.yaml", text }]);
  const errors = runRules(clusters, release, kubeadmFileRules).filter(({ severity }) => severity === "error");
  return errors.map(({ rule, path, message }) => `${rule} ${path} ${message}`).join("; ");
}

/** What kubeadm says against each stream; nothing where it accepts it. Two processes at a time, in one shell each. */
async function verdicts(
  { space, release }: { readonly space: Space; readonly release: string },
  cases: readonly FieldCase[],
): Promise<readonly string[]> {
  const directory = `/run/${release}`;
  for (const [index, { text }] of cases.entries()) write(space, { path: `${directory}/${index}.yaml`, text });
  const run = [0, 1].map((half) =>
    mustRun(space, ["sh", "-c", validateAll, oracle(`kubeadm-${release}`), directory, String(half), String(cases.length)], {
      limitSeconds: 120,
    }),
  );
  const printed = await Promise.all(run);
  const answers = new Map(
    printed.join("").split("\n").flatMap((line) => {
      const [, number, answer = ""] = /^(\d+) (.*)$/.exec(line) ?? [];
      return number === undefined ? [] : [[Number(number), answer] as const];
    }),
  );
  return cases.map((_, index) => answers.get(index) ?? "no answer");
}

const validateAll = `
n=$2
while [ "$n" -lt "$3" ]; do
  if error=$("$0" config validate --config "$1/$n.yaml" 2>&1 >/dev/null); then error=; fi
  echo "$n $(echo "$error" | head -n 1 | cut -c 1-300)"
  n=$((n + 2))
done`;
