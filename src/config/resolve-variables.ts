import { type Finding, inOrder } from "../findings/finding.ts";
import { type ConfigurationInput, type Resolution, resolveConfiguration } from "./resolve.ts";
import { withoutVariables } from "./variables.ts";

/** A resolution whose configuration may hold variables that somebody fills in later. */
export interface VariableResolution extends Resolution {
  /** A text made of the specification, with the variables in their places again. */
  restore(text: string): string;
}

/** Resolves a configuration in which `${NAME}` stands for values that another program, such as clusterctl, puts in. */
export function resolveWithVariables(input: ConfigurationInput): VariableResolution {
  const { input: stoodIn, misplaced, restore } = withoutVariables(input);
  const { spec, ...resolution } = resolveConfiguration({ ...input, ...stoodIn });
  const refused = misplaced.map(({ variable, key }): Finding => ({
    rule: "variable-place",
    severity: "error",
    path: key,
    message: `${variable} cannot stand here: the value decides what is made`,
    remedy:
      "write the value; a variable can be an address, an interface, an image, a name of the certificate, the release or a value of kubeVip.extraEnv, and controlPlaneEndpoint's host",
    ...positionOf(resolution.origin(key)),
  }));
  const findings = resolution.findings
    // What the value in the variable's place is called for is the variable's own problem.
    .filter(({ path, severity }) => severity !== "error" || !misplaced.some(({ key }) => key === path))
    .map((finding) => ({ ...finding, message: restore(finding.message), remedy: restore(finding.remedy) }));
  return {
    ...resolution,
    ...(spec === undefined || refused.length > 0 ? {} : { spec }),
    findings: inOrder([...findings, ...refused]),
    restore,
  };
}

function positionOf(position: Finding["position"]): Pick<Finding, "position"> {
  return position === undefined ? {} : { position };
}
