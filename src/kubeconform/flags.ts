/** A flag of kubeconform. */
export interface FlagDefinition {
  /** A switch takes no value unless it is written with `=`; a list grows each time. */
  readonly type: "switch" | "text" | "list" | "whole number";
  /** Name of the value in help. */
  readonly value?: string;
  readonly summary: string;
  /** Why the flag changes nothing here. */
  readonly idle?: string;
}

/** The flags of v0.7.0: https://github.com/yannh/kubeconform/blob/v0.7.0/pkg/config/config.go */
export const kubeconformFlags = {
  cache: {
    type: "text",
    value: "DIR",
    summary: "nothing: no schema is downloaded",
    idle: "no schema is downloaded, so none is kept",
  },
  debug: { type: "switch", summary: "nothing: there is no more to tell", idle: "there is no more to tell" },
  "exit-on-error": { type: "switch", summary: "stop at the first resource that is wrong" },
  h: { type: "switch", summary: "this text" },
  "ignore-filename-pattern": {
    type: "list",
    value: "PATTERN",
    summary: "leave out files whose path this regular expression matches",
  },
  "ignore-missing-schemas": { type: "switch", summary: "skip resources without a schema instead of failing" },
  "insecure-skip-tls-verify": {
    type: "switch",
    summary: "nothing: nobody is asked",
    idle: "no server is asked for schemas",
  },
  "kubernetes-version": {
    type: "text",
    value: "X.Y.Z",
    summary: "release of Kubernetes, or master for the newest known (default)",
  },
  n: { type: "whole number", value: "N", summary: "nothing: one thread is faster than several" },
  output: { type: "text", value: "FORMAT", summary: "text (default), json, junit, tap or pretty" },
  reject: { type: "text", value: "KIND,…", summary: "kinds, or VERSION/KIND, that must not be there" },
  "schema-location": {
    type: "list",
    value: "PLACE",
    summary: "default for the built-in schemas, a directory in kubeconform's layout, or a template of paths",
  },
  skip: { type: "text", value: "KIND,…", summary: "kinds, or VERSION/KIND, that are not checked" },
  strict: { type: "switch", summary: "refuse fields that the schema does not have" },
  summary: { type: "switch", summary: "end with the numbers (text, pretty and json)" },
  v: { type: "switch", summary: "print the version" },
  verbose: { type: "switch", summary: "list every resource (text, pretty and json)" },
} as const satisfies Readonly<Record<string, FlagDefinition>>;

export type FlagName = keyof typeof kubeconformFlags;
