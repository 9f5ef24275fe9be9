import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { describe, expect, it } from "vitest";

import { type Form, isReadBy, type Variable, variables } from "../../src/config/kube-vip-variables.ts";
import { oracle } from "./support/programs.ts";

const release = [1, 2, 1] as const;
// Read where the command line is, which the oracle does not run; looked up on the machine; the other spelling of one that is set.
const elsewhere = new Set(["vip_configmap", "bgp_routerinterface", "EGRESS_CLEAN"]);
const known = variables.filter((variable) => isReadBy(variable, release) && !elsewhere.has(variable.name));
const unknown = variables.filter((variable) => !isReadBy(variable, release));

describe("kube-vip v1.2.1 and our table of its variables", () => {
  it("it reads every variable that the table gives it", async () => {
    expect(known.length).toBeGreaterThan(80);
    const { unreadEnvironment } = await parsed(known);
    expect(unreadEnvironment).toEqual([]);
  });

  it("it reads none that the table calls too new, gone or renamed", async () => {
    expect(unknown.length).toBeGreaterThan(15);
    const { unreadEnvironment } = await parsed([...known, ...unknown]);
    expect(unreadEnvironment).toEqual(unknown.map(({ name }) => name).toSorted());
  });

  it.each(known.filter(({ form }) => parsedForms.has(form)).map(({ name }) => name))(
    "it stops at nonsense in %s, as our rule says",
    async (name) => {
      const answer = await parsed([], { svc_enable: "true", [name]: "nonsense" });
      expect(answer.error).toMatch(/invalid syntax|invalid character|should be int/);
    },
  );
});

const parsedForms: ReadonlySet<Form> = new Set<Form>(["bool", "int", "uint16", "uint32", "json"]);

async function parsed(
  set: readonly Variable[],
  more: Readonly<Record<string, string>> = {},
): Promise<{ readonly error?: string; readonly unreadEnvironment: readonly string[] }> {
  const env = { ...Object.fromEntries(set.map(({ name, form }) => [name, valid(name, form)])), ...more };
  // A configuration that cannot work is the answer of exit code 1; the answer counts.
  const { stdout } = await promisify(execFile)(oracle("kube-vip-config-v1.2.1"), { env }).catch(
    (error: unknown) => error as { readonly stdout: string },
  );
  return JSON.parse(stdout) as { readonly unreadEnvironment: readonly string[] };
}

function valid(name: string, form: Form): string {
  if (name === "bgp_peers") return "192.168.10.1:65000::false";
  if (name === "health_check_port") return "8081";
  if (typeof form !== "string") return form.at(-1) ?? "";
  return { text: "x", bool: "true", int: "7", uint16: "7", uint32: "7", json: "{}", address: "192.168.10.1" }[form];
}
