import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { readTree } from "../../src/readers/read-tree.ts";
import { kubeadmFileRules } from "../../src/rules/kubeadm/index.ts";
import { type Release, runRules } from "../../src/rules/run.ts";
import { createSpace, mustRun, read, type Space, write } from "./lab/space.ts";
import { type FieldCase, fieldCases, fieldCount, plainCases } from "./support/kubeadm-fields.ts";
import { streamCases } from "./support/kubeadm-streams.ts";
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
      ...reads.flatMap((version, index) => fieldCases(version, release, index === reads.length - 1)),
      ...(refuses[0] === "v1beta4" ? [] : streamCases(release)),
      ...refuses.flatMap((version) => plainCases(version, release)),
    ];
    const complaint = (given: FieldCase): string =>
      complaintOf(given, { kubernetesVersion: release, kubernetesMinor: minor, isAsked: true });
    const answers = await verdicts({ space, release }, cases);
    const differences = cases.flatMap((given, index) => {
      const theirs = answers[index] ?? "no answer";
      const ours = complaint(given);
      const agreed = (theirs === "") === (ours === "") || (given.stricter !== undefined && theirs === "");
      return agreed ? [] : [`${given.name}\n  kubeadm: ${theirs || "accepted"}\n  rules: ${ours || "accepted"}`];
    });
    const refused = answers.filter((answer) => answer !== "").length;
    const stricter = cases.filter(
      ({ stricter: reason }, index) => reason !== undefined && answers[index] === "",
    ).length;
    const fields = reads.map((version) => `${fieldCount(version)} fields of ${version}`).join(" and ");
    console.log(
      `kubeadm ${release}: ${fields} in ${cases.length} documents, ${refused} refused, ${stricter} more by us`,
    );
    expect(differences).toEqual([]);
    const idle = cases.filter((given) => given.stricter !== undefined && complaint(given) === "");
    expect(idle.map(({ name }) => name)).toEqual([]);
    // Both verdicts are there, or nothing was compared.
    expect(refused).toBeGreaterThan(100);
    expect(cases.length - refused).toBeGreaterThan(100);
  });
});

// What several nodes need, and what must fit the files beside, is not for kubeadm to know.
const rules = kubeadmFileRules.filter(({ id }) => !["KD01", "KD03", "KD09", "KD11", "KD12"].includes(id));

function complaintOf({ text }: FieldCase, release: Release & { readonly isAsked: true }): string {
  const { clusters, files } = readTree([{ file: "kubeadm.yaml", text }]);
  const unread = files.flatMap(({ problems }) => problems).map(({ message }) => message);
  const errors = runRules(clusters, release, rules).filter(({ severity }) => severity === "error");
  return [...unread, ...errors.map(({ rule, path, message }) => `${rule} ${path} ${message}`)].join("; ");
}

/** What kubeadm says against each stream; nothing where it accepts it. Two processes at a time, in one shell each. */
async function verdicts(
  { space, release }: { readonly space: Space; readonly release: string },
  cases: readonly FieldCase[],
): Promise<readonly string[]> {
  const directory = `/run/${release}`;
  for (const [index, { text }] of cases.entries()) write(space, { path: `${directory}/${index}.yaml`, text });
  const halves = [0, 1].map(async (half) => {
    const program = ["sh", "-c", validateAll, oracle(`kubeadm-${release}`), directory];
    await mustRun(space, [...program, String(half), String(cases.length)], { limitSeconds: 170 });
    return read(space, `${directory}/answers.${half}`) ?? "";
  });
  const printed = (await Promise.all(halves)).flatMap((text) => text.split("\u0000").slice(0, -1));
  const answers = new Map(printed.map((text) => [Number(text.split(" ", 1)[0]), text.replace(/^\d+ /, "")]));
  return cases.map((_, index) => answers.get(index) ?? "no answer");
}

const validateAll = `
export GOGC=off GOMAXPROCS=1 # a third of the time
n=$2
while [ "$n" -lt "$3" ]; do
  error=$("$0" config validate --config "$1/$n.yaml" 2>&1 >/dev/null) && error=
  printf '%s %s\\0' "$n" "$error"
  n=$((n + 2))
done >"$1/answers.$2"`;
