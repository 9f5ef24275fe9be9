import { parseAddress } from "../../net/address.ts";
import { isTemplate } from "../../readers/template.ts";
import { hitAt } from "../hit.ts";
import type { Hit } from "../rule.ts";
import type { EnvironmentEntry } from "../../readers/pod.ts";
import { kubeVipRule } from "./kube-vip-rule.ts";
import { type Form, variables } from "../../config/kube-vip-variables.ts";

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
  if (variable === undefined || value.text === "" || isTemplate(value.text)) return undefined;
  const { form } = variable;
  if (fits(value.text, form)) return undefined;
  return hitAt(value, `${name} is ${JSON.stringify(value.text)}, not ${formText(form)}`, {
    remedy: `write ${formText(form)}`,
  });
}

function fits(text: string, form: Form): boolean {
  return typeof form === "string" ? parsers[form](text) : form.includes(text);
}

// As strconv.ParseBool, ParseInt and ParseUint read them.
const parsers: Readonly<Record<Extract<Form, string>, (text: string) => boolean>> = {
  text: () => true,
  bool: (text) => /^(?:[01tTfF]|TRUE|true|True|FALSE|false|False)$/.test(text),
  int: (text) => /^[+-]?\d+$/.test(text) && Math.abs(Number(text)) < 2 ** 31,
  uint16: (text) => /^\d+$/.test(text) && Number(text) < 2 ** 16,
  uint32: (text) => /^\d+$/.test(text) && Number(text) < 2 ** 32,
  json: isTextMap,
  address: (text) => parseAddress(text) !== undefined,
};

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
    address: "an IP address",
  };
  return texts[form];
}

function typeName(value: unknown): string {
  return Array.isArray(value) ? "list" : typeof value === "object" ? "map" : typeof value;
}
