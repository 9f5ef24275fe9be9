import { describe, expect, test } from "vitest";

import { runWith } from "../support/io.ts";
import {
  harmlessKubeadmText,
  kubeadmDocuments,
  type KubeadmSlot,
  kubeadmSlots,
  spellings,
} from "../support/kubeadm-slots.ts";
import { nasty, nastyTexts } from "../support/nasty.ts";
import { seeded } from "../support/random.ts";
import { difference, type ReadPlan, readPlan } from "../support/read-back.ts";
import { messageProblem } from "../support/terminal.ts";

const configuration = `apiVersion: kubeadm-ha.io/v1alpha1
kind: HAConfiguration
kubernetesVersion: v1.36.3
virtualIP: {provider: keepalived, addresses: [192.168.10.100], interface: eth0}
loadBalancer: {provider: haproxy}
nodes:
- {name: first, addresses: [192.168.10.11]}
`;

interface Case {
  readonly slot: KubeadmSlot;
  readonly text: string;
  readonly yaml: string;
  readonly comment?: string;
}

let refused = 0;

async function verdict({ slot, text, yaml, comment }: Case): Promise<string> {
  const { code, out, err } = await rendered(kubeadmDocuments(slot, yaml, comment));
  const told = messageProblem(err);
  if (told !== "") return told;
  if (code === 2) refused++;
  if (code === 2) return out === "" && err !== "" ? "" : "refused with something on stdout, or without a word";
  if (code !== 0) return `exit code ${code}`;
  return difference(readPlan(out), await harmlessPlan(slot), [harmlessKubeadmText, text]);
}

function rendered(documents: string) {
  const files = { "ha.yaml": configuration, "kubeadm.yaml": documents };
  return runWith(files, "render", "--kubeadm-config", "kubeadm.yaml", "--format", "json");
}

const harmlessPlans = new Map<string, Promise<ReadPlan>>();

function harmlessPlan(slot: KubeadmSlot): Promise<ReadPlan> {
  const known = harmlessPlans.get(slot);
  if (known !== undefined) return known;
  const plan = rendered(kubeadmDocuments(slot, harmlessKubeadmText)).then(({ out }) => readPlan(out));
  harmlessPlans.set(slot, plan);
  return plan;
}

async function failuresOf(cases: readonly Case[]): Promise<readonly string[]> {
  const failures = new Map<string, string>();
  for (const given of cases) {
    const problem = await verdict(given).catch((error: unknown) => String(error));
    const words = `${given.slot}: ${(given.comment ?? given.yaml).slice(0, 100)}: ${problem}`;
    if (problem !== "") failures.set(`${given.slot} ${problem.slice(0, 20)}`, words);
  }
  return [...failures.values()];
}

describe("a hostile value in the user's kubeadm documents is refused, or kubeadm reads it as the user wrote it", () => {
  test("the harmless value stands in the files", async () => {
    for (const slot of kubeadmSlots) {
      const { out, err } = await rendered(kubeadmDocuments(slot, harmlessKubeadmText));
      expect(out, `${slot}: ${err}`).toContain(harmlessKubeadmText);
    }
  });

  test("every nasty text at every slot, in its spellings in turn", async () => {
    const cases = kubeadmSlots.flatMap((slot, place) =>
      nastyTexts.flatMap((text, index) =>
        // Each text in one spelling at each place, and in all of them at one place.
        spellings(text)
          .filter((_, spelling, all) => place === 0 || spelling === (place + index) % all.length)
          .map((yaml): Case => ({ slot, text, yaml })),
      ),
    );
    expect(cases.length).toBeGreaterThan(1500);
    expect(await failuresOf(cases)).toEqual([]);
    // Were most of them refused, nothing would have been read back.
    expect(refused / cases.length).toBeLessThan(0.5);
  }, 60_000);

  test("1,500 compositions, with hostile comments around them", async () => {
    const random = seeded(7);
    const cases = Array.from({ length: 1500 }, (): Case => {
      const text = nasty(random);
      // A comment ends with its line, so only what has no line break is one.
      const comment = nasty(random).replaceAll(/[\n\r\u0085\u2028\u2029]/g, " ");
      return { slot: random.pick(kubeadmSlots), text, yaml: random.pick(spellings(text)), comment };
    });
    expect(await failuresOf(cases)).toEqual([]);
  }, 60_000);

  test("a port that Go reads as octal is refused or written in decimal: kubeadm would listen on 3363", async () => {
    const documents = kubeadmDocuments("clusterName", "site").replace(
      "nodeRegistration:\n  taints",
      "localAPIEndpoint: {bindPort: 06443}\nnodeRegistration:\n  taints",
    );
    const { code, out } = await rendered(documents);
    const leaves = code === 0 ? readPlan(out).get("first /etc/kubeadm-ha/kubeadm.yaml init") : [];
    const port = leaves?.find(({ path }) => path === "0.localAPIEndpoint.bindPort")?.value;
    expect([code, port]).toEqual(code === 2 ? [2, undefined] : [0, "6443"]);
  });
});
