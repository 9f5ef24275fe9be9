import { nearest } from "../config/did-you-mean.ts";
import { ExitCode, UserError } from "../errors.ts";
import { configView } from "../config/view.ts";
import { starter } from "../config/starter.ts";
import { formatFindings, summarize } from "../findings/text.ts";
import type { Command, Invocation } from "./command.ts";
import { resolve } from "./configuration.ts";
import { configurationOptions } from "./options.ts";

const actions: Readonly<Record<string, (invocation: Invocation) => ExitCode | Promise<ExitCode>>> = {
  print: ({ options, io }) => {
    const ignored = configurationOptions.filter((name) => name !== "stack" && options[name] !== undefined);
    if (ignored.length > 0)
      throw new UserError(
        `config print takes only --stack, not --${ignored.join(", --")}: edit what it prints, or give the flags to render`,
      );
    io.out(starter(options.stack ?? "keepalived-haproxy"));
    return ExitCode.ok;
  },
  view: ({ options, io }) => {
    const resolution = resolve(options, io);
    if (resolution.spec === undefined)
      throw new UserError(`the configuration has ${summarize(resolution.findings)}`, { findings: resolution.findings });
    io.err(formatFindings(resolution.findings));
    io.out(configView(resolution.configuration, resolution.spec, resolution.origin));
    return ExitCode.ok;
  },
  schema: async ({ io }) => {
    const { default: schema } = await import("../config/schema.generated.json", { with: { type: "json" } });
    io.out(`${JSON.stringify(schema, null, 2)}\n`);
    return ExitCode.ok;
  },
};

export const config: Command = {
  name: "config",
  arguments: "<action>",
  summary: "print: a starter file; view: every value and where it comes from; schema: JSON Schema",
  options: configurationOptions,
  examples: [
    "kubeadm-ha config print --stack keepalived-haproxy > ha.yaml",
    "kubeadm-ha config view",
    "kubeadm-ha config schema",
  ],
  run: (invocation) => {
    const [name = ""] = invocation.arguments;
    const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
    if (action !== undefined) return action(invocation);
    if (name === "import" || name === "migrate")
      throw new UserError(`config ${name} is not built yet; there are ${Object.keys(actions).join(", ")}`);
    const meant = nearest(name, Object.keys(actions));
    throw new UserError(
      `config has no action "${name}"; ${meant === undefined ? `there are ${Object.keys(actions).join(", ")}` : `did you mean ${meant}?`}`,
    );
  },
};
