import { ExitCode, UserError } from "../errors.ts";

/** Where schemas are: in this program, or in files whose paths a template tells. */
export type SchemaPlace = { readonly type: "built-in" } | { readonly type: "files"; readonly template: string };

/** What a schema is asked for. */
export interface SchemaQuestion {
  readonly apiVersion: string;
  readonly kind: string;
  /** "master", or "v1.36.3". */
  readonly versionName: string;
  readonly strict: boolean;
}

/** The places that -schema-location names, the built-in ones without it; and what is left out, in words. */
export function placesOf(locations: readonly string[]): {
  readonly places: readonly SchemaPlace[];
  readonly notes: readonly string[];
} {
  const places: SchemaPlace[] = [];
  const notes: string[] = [];
  for (const location of locations.length === 0 ? ["default"] : locations) {
    if (location === "default") places.push({ type: "built-in" });
    else if (!/^https?:/.test(location)) places.push({ type: "files", template: templateOf(location) });
    else if (upstream.test(location)) {
      places.push({ type: "built-in" });
      notes.push(`${location} is not asked: its schemas are built in`);
    } else
      notes.push(
        `${location} is not asked: this program stays off the network; name a copy on disk with -schema-location`,
      );
  }
  return { places, notes };
}

// What "default" means, and where it was made from.
const upstream = /^https?:\/\/(?:kubernetesjsonschema\.dev|.*\/kubernetes-json-schema\/)/;

/** The path of a schema: https://github.com/yannh/kubeconform/blob/v0.7.0/pkg/registry/registry.go */
export function schemaPath(template: string, question: SchemaQuestion): string {
  const variables = variablesOf(question);
  return template.replaceAll(variable, (_, name: string) => variables[name as VariableName]);
}

const variable = /\{\{-?\s*\.(\w+)\s*-?\}\}/g;

type VariableName = keyof ReturnType<typeof variablesOf>;

function variablesOf({ apiVersion, kind, versionName, strict }: SchemaQuestion) {
  const [group = "", version] = apiVersion.split("/");
  const suffix = version === undefined ? "" : `-${version.toLowerCase()}`;
  return {
    NormalizedKubernetesVersion: versionName,
    StrictSuffix: strict ? "-strict" : "",
    ResourceKind: kind.toLowerCase(),
    ResourceAPIVersion: version ?? group,
    Group: group,
    KindSuffix: `-${(group.split(".")[0] ?? "").toLowerCase()}${suffix}`,
  };
}

function templateOf(location: string): string {
  const template = location.endsWith("json")
    ? location
    : `${location}/{{ .NormalizedKubernetesVersion }}-standalone{{ .StrictSuffix }}/{{ .ResourceKind }}{{ .KindSuffix }}.json`;
  const known = Object.keys(variablesOf({ apiVersion: "v1", kind: "Pod", versionName: "master", strict: true }));
  const left = template.replaceAll(variable, (whole, name: string) => (known.includes(name) ? "" : whole));
  if (left.includes("{{"))
    throw new UserError(
      `-schema-location ${location}: a template has {{ .${known.join(" }}, {{ .")} }} and nothing else`,
      {
        exitCode: ExitCode.no,
      },
    );
  return template;
}
