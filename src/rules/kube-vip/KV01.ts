import { nearest } from "../../config/did-you-mean.ts";
import { compareReleases, type Release } from "../../config/image.ts";
import type { EnvironmentEntry } from "../../readers/pod.ts";
import { isTemplate } from "../../readers/template.ts";
import { hitAt } from "../hit.ts";
import type { Hit } from "../rule.ts";
import type { KubeVip } from "./instance.ts";
import { kubeVipRule } from "./kube-vip-rule.ts";
import { renamedIn } from "./renamed.ts";
import { isReadBy, newestKnown, type Variable, variables } from "../../config/kube-vip-variables.ts";

export const KV01 = kubeVipRule({
  id: "KV01",
  name: "unknown-variable",
  severity: "warning",
  summary: "Every variable of kube-vip is one that its release reads.",
  reason:
    "kube-vip looks variables up by name and says nothing about others, so a mistyped setting keeps its default: https://github.com/kube-vip/kube-vip/blob/v1.2.3/pkg/kubevip/config_envvar.go",
  remedy: "correct the name, or remove the variable",
  check: (kubeVip) => kubeVip.container.environment.flatMap((entry) => problemOf(kubeVip, entry) ?? []),
});

function problemOf(kubeVip: KubeVip, entry: EnvironmentEntry): Hit | undefined {
  const { name } = entry;
  const variable = variables.find((candidate) => candidate.name === name);
  if (variable !== undefined && (isReadBy(variable, kubeVip.release) || renamedIn(kubeVip, name))) return undefined;
  const place = entry.part.at("name");
  if (variable !== undefined)
    return hitAt(place, `${imageText(kubeVip)} does not read ${name}, ${rangeText(variable)}`);
  const meant = nearest(
    name,
    variables.filter((candidate) => isReadBy(candidate, kubeVip.release)).map((candidate) => candidate.name),
  );
  if (meant === undefined && (isForOthers(kubeVip, name) || isNewer(kubeVip))) return undefined;
  return meant === undefined
    ? hitAt(place, `kube-vip has no variable ${JSON.stringify(name)}`)
    : hitAt(place, `kube-vip has no variable ${JSON.stringify(name)}; did you mean ${meant}?`, {
        remedy: `write ${meant}`,
      });
}

// A release that came after the table may know more.
function isNewer({ release }: KubeVip): boolean {
  return release !== undefined && compareReleases(release, newestKnown) > 0;
}

// Go's runtime and its HTTP client have variables too, and one variable may be made of another.
function isForOthers({ container }: KubeVip, name: string): boolean {
  if (name === "" || isTemplate(name) || /^[A-Z][A-Z\d_]*$/.test(name) || /^(?:https?|no)_proxy$/.test(name))
    return true;
  const uses = `$(${name})`;
  return [...container.words, ...container.environment.map(({ value }) => value)].some(({ text }) =>
    text?.includes(uses),
  );
}

function imageText({ image, release }: KubeVip): string {
  return release === undefined ? "the newest kube-vip" : `kube-vip ${image.tag}`;
}

function rangeText({ since, until }: Variable): string {
  const first = releaseText(since);
  if (until === undefined) return `which is there since ${first}`;
  return compareReleases(since, [0, 3, 1]) <= 0
    ? `which is gone since ${releaseText(until)}`
    : `which was there from ${first} until ${releaseText(until)}`;
}

function releaseText(release: Release): string {
  return `v${release.join(".")}`;
}
