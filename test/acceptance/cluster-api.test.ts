import { describe, expect, it } from "vitest";
import { parse } from "yaml";

import { poolConfiguration, templateConfiguration } from "../formats/capi-template.ts";
import { kubeVipOnly } from "../support/configurations.ts";
import { runWith } from "../support/io.ts";

const render = (text: string, ...argv: readonly string[]) => runWith({ "ha.yaml": text }, "render", ...argv);

// The number is that of the list of thirty facts about kubeadm that a generator must get right.
describe("into machines", () => {
  it("fact 29: Cluster API's forms, limits and templates; Ignition's decimal modes", async () => {
    const argumentsOf = async (version: string) =>
      parse((await render(poolConfiguration, "--format", version)).out).spec.kubeadmConfigSpec.clusterConfiguration
        .apiServer.extraArgs;
    expect(await argumentsOf("capi-v1beta1")).toEqual({ "shutdown-delay-duration": "10s" });
    expect(await argumentsOf("capi-v1beta2")).toEqual([{ name: "shutdown-delay-duration", value: "10s" }]);

    const variables = Array.from({ length: 9 }, (_, index) => `v${index}: "${String(index).repeat(1300)}"`).join(", ");
    const long = `${poolConfiguration}kubeVip: {extraEnv: {${variables}}}\n`;
    const fileOf = async (text: string, ...argv: readonly string[]) =>
      parse((await render(text, "--format", "capi-v1beta2", ...argv)).out.split("\n---\n")[0] ?? "").spec
        .kubeadmConfigSpec.files[0];
    expect((await fileOf(long)).encoding).toBe("gzip+base64");
    const ignition = await fileOf(long, "--bootstrap-format", "ignition");
    expect(ignition.encoding).toBeUndefined();
    expect(ignition.contentFrom.secret.key).toBe("etc.kubernetes.manifests.kube-vip.yaml");
    const { out } = await render(long, "--format", "capi-v1beta2", "--bootstrap-format", "ignition");
    expect(out).not.toMatch(/gzip|bootCommands/);

    const jinja = "kubeVip: {extraEnv: {x: '{{ y }}'}}\n";
    expect((await fileOf(poolConfiguration + jinja)).encoding).toBe("base64");
    expect(await render(templateConfiguration + jinja, "--format", "capi-v1beta2")).toMatchObject({ code: 2, out: "" });

    const machine = JSON.parse((await render(kubeVipOnly, "--node", "cp1", "--format", "ignition")).out) as {
      readonly storage: { readonly files: readonly { readonly path: string; readonly mode: number }[] };
    };
    expect(machine.storage.files.find(({ path }) => path.endsWith("/manifests/kube-vip.yaml"))?.mode).toBe(384);
  });
});
