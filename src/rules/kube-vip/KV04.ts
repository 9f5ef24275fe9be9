import { hitAt } from "../hit.ts";
import type { Hit } from "../rule.ts";
import type { EnvironmentEntry } from "../../readers/pod.ts";
import { kubeVipRule } from "./kube-vip-rule.ts";
import { type Form, variables } from "./variables.ts";

export const KV04 = kubeVipRule({
  id: "KV04",
  name: "value-form",
  severity: "error",
  summary: "Every variable's value is a string, and one that kube-vip can parse.",
  reason:
    "the kubelet refuses a pod whose variable is a boolean or a number, and kube-vip ends at once on what it cannot parse, with exit code 0: https://github.com/kube-vip/kube-vip/blob/v1.2.3/pkg/kubevip/config_environment.go",
  remedy: 'write it in quotes: "true", "6443"',
  check: ({ container }) => container.environment.flatMap((entry) => problemOf(entry) ?? []),
});

function problemOf({ name, part, value }: EnvironmentEntry): Hit | undefined {
  if (!value.exists || value.value === null) return undefined;
  if (part.at("valueFrom").exists)
    return hitAt(value, `${name} has both a value and a reference, of which a pod may have one`, {
      remedy: "keep one of the two",
    });
  if (value.text === undefined) return hitAt(value, `the value of ${name} is a ${typeName(value.value)}, not a string`);
  const variable = variables.find((candidate) => candidate.name === name);
  // What is made of other variables is known only in the pod.
  if (variable === undefined || value.text === "" || value.text.includes("$(")) return undefined;
  const { form } = variable;
  if (fits(value.text, form)) return undefined;
  return hitAt(value, `${name} is ${JSON.stringify(value.text)}, not ${formText(form)}`, {
    remedy: `write ${formText(form)}`,
  });
}

function fits(text: string, form: Form): boolean {
  if (typeof form !== "string") return form.includes(text);
  switch (form) {
    case "text":
      return true;
    case "bool":
      return /^(?:[01tTfF]|TRUE|true|True|FALSE|false|False)$/.test(text);
    case "int":
      return /^[+-]?\d+$/.test(text) && Math.abs(Number(text)) < 2 ** 31;
    case "uint16":
      return /^\d+$/.test(text) && Number(text) < 2 ** 16;
    case "uint32":
      return /^\d+$/.test(text) && Number(text) < 2 ** 32;
    case "json":
      return isTextMap(text);
  }
}

function isTextMap(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && !Array.isArray(value);
  } catch {
    return false;
  }
}

function formText(form: Form): string {
  if (typeof form !== "string") return `one of ${form.join(", ")}`;
  const texts = {
    text: "a text",
    bool: "true or false",
    int: "a whole number",
    uint16: "a number from 0 to 65535",
    uint32: "a number from 0 to 4294967295",
    json: "an object in JSON",
  };
  return texts[form];
}

function typeName(value: unknown): string {
  return Array.isArray(value) ? "list" : typeof value === "object" ? "map" : typeof value;
}
