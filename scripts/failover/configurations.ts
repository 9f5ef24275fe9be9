import type { Form, HolderRank } from "../../src/rehearse/measurement.ts";
import { type FaultName, faultNames, isSlow, slowFaultNames } from "../../src/timing/fault-names.ts";

export const presets = ["fast", "balanced", "conservative"] as const;
export type Preset = (typeof presets)[number];

/** One call of `kubeadm-ha rehearse`. */
export interface Rehearsal {
  readonly faults: readonly FaultName[];
  readonly holder: HolderRank;
  readonly repetitions: number;
  /** Nothing else may run at the same time. */
  readonly alone: boolean;
}

/** What is measured: files, how their daemons run, and which rehearsals. */
export interface Configuration {
  /** Also the name of the file with its measurements. */
  readonly id: string;
  /** In tables. */
  readonly title: string;
  readonly preset: Preset | undefined;
  readonly form: Form;
  /** Arguments of `rehearse` that name the files. */
  readonly files: readonly string[];
  readonly rehearsals: readonly Rehearsal[];
}

const usual = faultNames.filter((fault) => !isSlow(fault));

const ours = presets.flatMap((preset) =>
  (["host", "static-pod"] as const).map((form): Configuration => {
    const files = ["--config", "manifests/keepalived-haproxy/ha.yaml", "--failover", preset];
    const often: readonly Rehearsal[] = [
      { faults: usual, holder: "first", repetitions: form === "host" ? 5 : 3, alone: false },
      { faults: usual, holder: "last", repetitions: 2, alone: false },
    ];
    // Half an hour or ten minutes each: once a preset is enough.
    const once = slowFaultNames
      .filter((fault) => form === "host" || fault === "busy-machine")
      .map((fault): Rehearsal => ({
        faults: [fault],
        holder: "first",
        repetitions: 1,
        alone: fault === "busy-machine",
      }));
    const title = form === "host" ? preset : `${preset}, static pods`;
    return {
      id: `${preset}-${form}`,
      title,
      preset,
      form,
      files,
      rehearsals: [...often, ...once],
    };
  }),
);

/** The faults that everybody's configurations are compared by. */
export const comparedFaults: readonly FaultName[] = [
  "balancer-killed",
  "keepalived-killed",
  "keepalived-stopped",
  "api-server-killed",
  "api-server-hung",
  "holder-cut",
  "other-node-cut",
  "ready-failing",
  "holder-power-loss",
  "peers-cut",
  "all-start",
];

const others = (
  [
    ["doc", "kubeadm's recipe", ["test/fixtures/seeds/doc"]],
    ["s0", "post S0", ["test/fixtures/seeds/s0"]],
    ["s2", "post S2", ["test/fixtures/seeds/s2"]],
    ["s3", "post S3", ["test/fixtures/failover/s3"]],
    // Its kubeadm.yaml says the virtual IP without a port, which leads past its nginx.
    ["s4", "post S4", ["test/fixtures/seeds/s4", "--control-plane-endpoint", "192.168.1.31:16443"]],
  ] as const
).map(([id, title, files]): Configuration => ({
  id,
  title,
  preset: undefined,
  form: "host",
  files,
  rehearsals: [{ faults: comparedFaults, holder: "first", repetitions: 3, alone: false }],
}));

/** A post's system as we make it, for the page that puts both side by side. */
export interface SeedConfiguration extends Configuration {
  /** The configuration of the post itself. */
  readonly post: string;
}

/** The systems of the posts, made from their ha.yaml; all are balanced, but what nginx can reach is its own. */
export const seedConfigurations: readonly SeedConfiguration[] = (
  [
    ["s0", "S0", "host", "ours"],
    ["s2", "S2/pair", "host", "ours, pair"],
    ["s2", "S2/hosts", "host", "ours, services"],
    ["s2", "S2/static-pods", "static-pod", "ours, static pods"],
    ["s3", "S3", "host", "ours"],
    ["s4", "S4", "host", "ours"],
  ] as const
).map(([post, seed, form, title]) => ({
  id: `seed-${seed.toLowerCase().replace("/", "-")}`,
  title,
  post,
  preset: seed === "S4" ? undefined : "balanced",
  form,
  files: ["--config", `manifests/seeds/${seed}/ha.yaml`],
  rehearsals: [{ faults: [...comparedFaults, "api-server-drained"], holder: "first", repetitions: 1, alone: false }],
}));

/** Everything that is compared, in the order of the tables. */
export const configurations: readonly Configuration[] = [
  ...ours.filter(({ form }) => form === "host"),
  ...others,
  ...ours.filter(({ form }) => form === "static-pod"),
];
