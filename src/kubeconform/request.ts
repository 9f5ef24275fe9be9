import { newestMinor } from "../config/kubernetes-behaviour.ts";
import { ExitCode, UserError } from "../errors.ts";
import { tableMinors } from "../schema/table.ts";
import { type FlagDefinition, type FlagName, kubeconformFlags } from "./flags.ts";
import { outputs } from "./outputs/index.ts";
import type { Output } from "./outputs/output.ts";
import { readFlags } from "./read-flags.ts";
import { placesOf, type SchemaPlace } from "./schema-places.ts";

/** What is asked for. */
export interface KubeconformRequest {
  /** Files and directories; none for standard input. */
  readonly paths: readonly string[];
  readonly output: Output;
  readonly withSummary: boolean;
  readonly verbose: boolean;
  readonly strict: boolean;
  readonly exitOnError: boolean;
  readonly ignoreMissingSchemas: boolean;
  readonly showVersion: boolean;
  /** Kinds, or "apiVersion/Kind". */
  readonly skip: ReadonlySet<string>;
  readonly reject: ReadonlySet<string>;
  readonly ignoredPaths: readonly RegExp[];
  readonly minor: number;
  /** As it stands in paths of schemas: "master", or "v1.36.3". */
  readonly versionName: string;
  readonly places: readonly SchemaPlace[];
  /** What people should know about the flags. */
  readonly notes: readonly string[];
}

/** Reads kubeconform's command line; a mistake in it is a UserError with kubeconform's exit code. */
export function kubeconformRequest(words: readonly string[]): KubeconformRequest {
  const { values, rest } = readFlags(words);
  const last = (name: FlagName): string | undefined => values.get(name)?.at(-1);
  const isOn = (name: FlagName): boolean => last(name) === "true";
  const { minor, versionName, note } = releaseOf(last("kubernetes-version") ?? "master");
  const { places, notes } = placesOf(values.get("schema-location") ?? []);
  const outputName = last("output") ?? "text";
  const output = outputs.find(({ name }) => name === outputName);
  if (output === undefined)
    return wrong(`-output ${outputName}: there are ${outputs.map(({ name }) => name).join(", ")}`);
  return {
    paths: rest.length === 1 && rest[0] === "-" ? [] : rest,
    output,
    withSummary: isOn("summary"),
    verbose: isOn("verbose"),
    strict: isOn("strict"),
    exitOnError: isOn("exit-on-error"),
    ignoreMissingSchemas: isOn("ignore-missing-schemas"),
    showVersion: isOn("v"),
    skip: kinds(last("skip")),
    reject: kinds(last("reject")),
    ignoredPaths: (values.get("ignore-filename-pattern") ?? []).map(pattern),
    minor,
    versionName,
    places,
    notes: [...idleNotes(values), ...(note === undefined ? [] : [note]), ...notes],
  };
}

interface Release {
  readonly minor: number;
  readonly versionName: string;
  readonly note?: string;
}

function releaseOf(text: string): Release {
  if (text === "master") return { minor: newestMinor, versionName: text };
  const minor = Number(/^1\.(\d{1,3})\.\d+$/.exec(text)?.[1] ?? Number.NaN);
  if (Number.isNaN(minor))
    return wrong(`-kubernetes-version ${text} is no release: write x.y.z, such as 1.36.3, or master`);
  const [oldest = minor, newest = minor] = [tableMinors[0], tableMinors.at(-1)];
  const note = `there are schemas of Kubernetes 1.${oldest} to 1.${newest}; ${text} is judged by the nearest, and fields that it does not have are let be`;
  return { minor, versionName: `v${text}`, ...(tableMinors.includes(minor) ? {} : { note }) };
}

function kinds(text = ""): ReadonlySet<string> {
  return new Set(
    text
      .split(",")
      .map((kind) => kind.trim())
      .filter((kind) => kind !== ""),
  );
}

function pattern(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch (error) {
    return wrong(`-ignore-filename-pattern ${text}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function idleNotes(values: ReadonlyMap<FlagName, readonly string[]>): readonly string[] {
  return [...values.keys()].flatMap((name) => {
    const { idle }: FlagDefinition = kubeconformFlags[name];
    return idle === undefined ? [] : [`-${name} changes nothing: ${idle}`];
  });
}

function wrong(message: string): never {
  throw new UserError(message, { exitCode: ExitCode.no });
}
