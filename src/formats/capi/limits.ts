import { isRecord, type PathStep, pathText, readPath } from "../../config/paths.ts";
import { characters, contentLimit } from "./file-entry.ts";

/** Something in an object that Cluster API refuses. */
export interface LimitProblem {
  readonly path: readonly PathStep[];
  readonly message: string;
  readonly remedy: string;
}

/**
 * What the API server and the webhooks of Cluster API refuse of a KubeadmConfigSpec with such files and commands
 * (maxLength, maxItems and bootstrap/kubeadm/webhooks/admission/kubeadmconfig.go there).
 */
export function limitProblems(spec: unknown): readonly LimitProblem[] {
  const files = list(spec, "files");
  const ignition = readPath(spec, ["format"]) === "ignition";
  const tooMany = (key: string, most: number): readonly LimitProblem[] =>
    list(spec, key).length > most
      ? [{ path: [key], message: `has ${list(spec, key).length} items, ${most} is the limit`, remedy: "remove some" }]
      : [];
  const commands = ["bootCommands", "preKubeadmCommands", "postKubeadmCommands"];
  return [
    ...tooMany("files", 200),
    ...commands.flatMap((key) => tooMany(key, 1000)),
    ...commands.flatMap((key) =>
      list(spec, key).flatMap((command, index) => tooLong([key, index], command, contentLimit)),
    ),
    ...files.flatMap((file, index) => fileProblems(file, ["files", index])),
    ...files.flatMap((file, index) => repeated(files, file, index)),
    ...(ignition ? ignitionProblems(spec, files) : []),
    ...kubeadmProblems(spec),
  ];
}

// Of v1beta2 only: what v1beta1 holds as maps is not looked at.
// https://github.com/kubernetes-sigs/cluster-api/blob/main/api/bootstrap/kubeadm/v1beta2/kubeadm_types.go
function kubeadmProblems(spec: unknown): readonly LimitProblem[] {
  const names = ["clusterConfiguration", "apiServer", "certSANs"];
  const count = listAt(spec, names).length;
  return [
    ...(count > 100 ? [{ path: names, message: `has ${count} items, 100 is the limit`, remedy: "remove some" }] : []),
    ...argumentPlaces.flatMap((place) =>
      listAt(spec, place).flatMap((argument, index) =>
        tooLong([...place, index, "value"], readPath(argument, ["value"]), 1024),
      ),
    ),
    ...addressPlaces.flatMap((place) => tooLong(place, readPath(spec, place), 39)),
  ];
}

const argumentPlaces: readonly (readonly PathStep[])[] = [
  ["clusterConfiguration", "apiServer", "extraArgs"],
  ["clusterConfiguration", "controllerManager", "extraArgs"],
  ["clusterConfiguration", "scheduler", "extraArgs"],
  ["clusterConfiguration", "etcd", "local", "extraArgs"],
  ["initConfiguration", "nodeRegistration", "kubeletExtraArgs"],
  ["joinConfiguration", "nodeRegistration", "kubeletExtraArgs"],
];

const addressPlaces: readonly (readonly PathStep[])[] = [
  ["initConfiguration", "localAPIEndpoint", "advertiseAddress"],
  ["joinConfiguration", "controlPlane", "localAPIEndpoint", "advertiseAddress"],
];

function fileProblems(file: unknown, path: readonly PathStep[]): readonly LimitProblem[] {
  if (!isRecord(file)) return [];
  const { permissions } = file;
  return [
    ...tooLong([...path, "path"], file["path"], 512),
    ...tooLong([...path, "content"], file["content"], contentLimit),
    ...(permissions === undefined || typeof permissions === "string"
      ? []
      : [
          {
            path: [...path, "permissions"],
            message: "is a number, and Cluster API takes a text",
            remedy: `write it in quotes, such as "${typeof permissions === "number" ? permissions.toString(8).padStart(4, "0") : "0600"}"`,
          },
        ]),
    ...(file["content"] !== undefined && file["contentFrom"] !== undefined
      ? [{ path, message: "has content and contentFrom", remedy: "keep one of them" }]
      : []),
  ];
}

function repeated(files: readonly unknown[], file: unknown, index: number): readonly LimitProblem[] {
  const path = readPath(file, ["path"]);
  if (files.findIndex((other) => readPath(other, ["path"]) === path) === index) return [];
  return [{ path: ["files", index, "path"], message: `${String(path)} is there twice`, remedy: "keep one of them" }];
}

function ignitionProblems(spec: unknown, files: readonly unknown[]): readonly LimitProblem[] {
  return [
    ...files.flatMap((file, index): readonly LimitProblem[] =>
      String(readPath(file, ["encoding"])).startsWith("gzip")
        ? [
            {
              path: ["files", index, "encoding"],
              message: "is gzip, which Ignition through Cluster API does not know",
              remedy: "use base64, or contentFrom a Secret",
            },
          ]
        : [],
    ),
    ...(readPath(spec, ["bootCommands"]) === undefined
      ? []
      : [
          {
            path: ["bootCommands"],
            message: "are not run by Ignition, and Cluster API refuses them with it",
            remedy: "use preKubeadmCommands",
          },
        ]),
  ];
}

function tooLong(path: readonly PathStep[], value: unknown, most: number): readonly LimitProblem[] {
  if (typeof value !== "string" || characters(value) <= most) return [];
  const message = `has ${characters(value)} characters, ${most} is the limit`;
  const isFile = path[0] === "files" && path.at(-1) === "content";
  return [{ path, message, remedy: isFile ? "shorten it, or take it from a Secret with contentFrom" : "shorten it" }];
}

function list(spec: unknown, key: string): readonly unknown[] {
  return listAt(spec, [key]);
}

function listAt(spec: unknown, path: readonly PathStep[]): readonly unknown[] {
  const value = readPath(spec, path);
  return Array.isArray(value) ? value : [];
}

/** A problem in words, with the place in the object. */
export function limitText({ path, message, remedy }: LimitProblem, base: readonly PathStep[]): string {
  return `${pathText([...base, ...path])} ${message}; ${remedy}`;
}
