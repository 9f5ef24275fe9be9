import { isRecord } from "../../config/paths.ts";
import { subnetSaying } from "../subnet-size.ts";
import type { GroupCheck, GroupComplaint } from "./field.ts";
import { isURL } from "./values.ts";

// Fields that are judged together, as `kubeadm config validate` does.
// https://github.com/kubernetes/kubernetes/blob/master/cmd/kubeadm/app/apis/kubeadm/validation/validation.go

/** Networks: of a size that kubeadm accepts, and fit for the pieces that nodes get. */
export const networks: GroupCheck = ({ networking, controllerManager }) => {
  const args = isRecord(controllerManager) ? controllerManager["extraArgs"] : undefined;
  return (["serviceSubnet", "podSubnet"] as const).flatMap((key): readonly GroupComplaint[] => {
    const value = isRecord(networking) ? networking[key] : undefined;
    if (typeof value !== "string" || value === "") return [];
    return subnetSaying({ key, value, args }).map((saying) => ({
      ...saying,
      concern: "subnet",
      path: ["networking", key],
    }));
  });
};

/** etcd is kubeadm's own or another. */
export const oneEtcd: GroupCheck = ({ local, external }) =>
  local === undefined || local === null || external === undefined || external === null
    ? []
    : [at([], "has local and external", "remove one of the two")];

/** An etcd of the user's. */
export const externalEtcd: GroupCheck = (value) => {
  const given = (key: string): boolean => typeof value[key] === "string" && value[key] !== "";
  const secured = ["caFile", "certFile", "keyFile"].some(given);
  const complaints: GroupComplaint[] = [];
  if (given("certFile") !== given("keyFile"))
    complaints.push(
      at([], `has ${given("certFile") ? "certFile" : "keyFile"} alone`, "write certFile and keyFile, or none of them"),
    );
  if (given("certFile") && given("keyFile") && !given("caFile"))
    complaints.push(at([], "has certFile and keyFile but no caFile", "add caFile"));
  const endpoints = value["endpoints"];
  if (endpoints === undefined || endpoints === null || (Array.isArray(endpoints) && endpoints.length === 0))
    complaints.push(missing("has no endpoints", "write the https URLs of etcd's members"));
  return [
    ...complaints,
    ...urlComplaints(value, "endpoints", secured),
    ...urlComplaints(value, "httpEndpoints", false),
  ];
};

/** How a joining node finds the cluster. */
export const oneDiscovery: GroupCheck = ({ bootstrapToken, file }) => {
  const given = [bootstrapToken, file].filter((entry) => entry !== undefined && entry !== null);
  if (given.length === 0)
    return [missing("has neither bootstrapToken nor file", "add one of them: kubeadm token create prints a token")];
  return given.length === 2 ? [at([], "has bootstrapToken and file", "remove one of the two")] : [];
};

/** Discovery by token. */
export const tokenDiscovery: GroupCheck = (value) => [
  ...required(value, "token", "write the token that kubeadm token create prints"),
  ...required(value, "apiServerEndpoint", "write the cluster's endpoint as HOST:PORT"),
  ...(value["unsafeSkipCAVerification"] === true || hasItems(value["caCertHashes"])
    ? []
    : [
        missing(
          "has a token but no caCertHashes",
          "add caCertHashes, or unsafeSkipCAVerification: true if you accept that anyone may answer",
        ),
      ]),
];

/** Discovery by kubeconfig. */
export const fileDiscovery: GroupCheck = (value) =>
  required(value, "kubeConfigPath", "write the path of a kubeconfig on the node, or its https URL");

/** A joining node must find the cluster. */
export const joins: GroupCheck = ({ discovery }) =>
  discovery === undefined || discovery === null
    ? [missing("has no discovery", "add discovery.bootstrapToken with what kubeadm token create prints")]
    : [];

/** A bootstrap token to make. kubeadm gives it a ttl and the group of nodes where it has none. */
export const newToken: GroupCheck = ({ expires, usages }) => [
  ...(expires === undefined || expires === null
    ? []
    : [at(["expires"], "is refused: kubeadm sets ttl too, and allows one of the two", "write ttl in its place")]),
  ...(Array.isArray(usages) && usages.length > 0 && !usages.includes("authentication")
    ? [at(["usages"], "lacks authentication, which the token's groups need", "add authentication")]
    : []),
];

/** An argument of a program. */
export const namedArgument: GroupCheck = (value) => required(value, "name", "write the name without leading dashes");

/** Patches of an upgrade, whose directory kubeadm insists on. */
export const patchesDirectory: GroupCheck = (value) =>
  required(value, "directory", "write the absolute path of a directory");

function urlComplaints(
  value: Readonly<Record<string, unknown>>,
  key: "endpoints" | "httpEndpoints",
  secured: boolean,
): readonly GroupComplaint[] {
  const urls = value[key];
  if (!Array.isArray(urls)) return [];
  return urls.flatMap((url: unknown, index) => {
    if (typeof url !== "string") return [];
    const path = [key, index];
    if (!isURL(url)) return [at(path, `"${url}" is no URL`, "write it as https://HOST:2379")];
    return secured && !/^https:/i.test(url)
      ? [at(path, `"${url}" is not https, but there are certificates`, "write it as https://HOST:2379")]
      : [];
  });
}

function required(value: Readonly<Record<string, unknown>>, key: string, remedy: string): readonly GroupComplaint[] {
  const entry = value[key];
  return entry === undefined || entry === null || entry === "" ? [missing(`has no ${key}`, remedy)] : [];
}

function hasItems(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}

function missing(message: string, remedy: string): GroupComplaint {
  return { concern: "missing", path: [], message, remedy };
}

function at(path: GroupComplaint["path"], message: string, remedy: string): GroupComplaint {
  return { concern: "value", path, message, remedy };
}
