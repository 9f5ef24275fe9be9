import type { Rule } from "../../config/rule.ts";
import type { Path } from "../../yaml/read.ts";
import { argumentForm } from "../arguments.ts";
import { placeOf, problemAt } from "./at.ts";

/** Where we read and write, the document must have the shape that kubeadm reads. */
export const documentShape: Rule = {
  id: "kubeadm-document-shape",
  summary:
    "maps, lists, texts and numbers stand where kubeadm expects them; arguments have the form of their apiVersion",
  reason:
    "kubeadm drops or refuses the document; arguments are a map in v1beta3 and a list of {name, value} in v1beta4",
  check(spec) {
    return shapes.flatMap(([kind, text, expected]) => {
      const path: Path = text.split(".");
      const place = placeOf(spec, kind, path);
      if (place === undefined) return [];
      const wanted = expected === "arguments" ? argumentForm(place.document.apiVersion) : expected;
      const found = shapeOf(place.value);
      if (found === wanted) return [];
      const example =
        expected === "arguments" ? argumentExamples[argumentForm(place.document.apiVersion)] : examples[expected];
      return [
        problemAt(place, {
          severity: "error",
          message: `is a ${found}; ${place.document.apiVersion} wants a ${wanted}`,
          remedy: `write ${example}`,
        }),
      ];
    });
  },
};

type Shape = "map" | "list" | "text" | "number";

const shapes: readonly (readonly [kind: string, path: string, shape: Shape | "arguments"])[] = [
  ["InitConfiguration", "localAPIEndpoint", "map"],
  ["InitConfiguration", "localAPIEndpoint.advertiseAddress", "text"],
  ["InitConfiguration", "localAPIEndpoint.bindPort", "number"],
  ["InitConfiguration", "bootstrapTokens", "list"],
  ["JoinConfiguration", "controlPlane", "map"],
  ["JoinConfiguration", "controlPlane.localAPIEndpoint", "map"],
  ["JoinConfiguration", "controlPlane.localAPIEndpoint.advertiseAddress", "text"],
  ["JoinConfiguration", "controlPlane.localAPIEndpoint.bindPort", "number"],
  ["JoinConfiguration", "discovery", "map"],
  ["JoinConfiguration", "discovery.bootstrapToken", "map"],
  ["JoinConfiguration", "discovery.bootstrapToken.caCertHashes", "list"],
  ["JoinConfiguration", "discovery.file", "map"],
  ["ClusterConfiguration", "kubernetesVersion", "text"],
  ["ClusterConfiguration", "controlPlaneEndpoint", "text"],
  ["ClusterConfiguration", "networking", "map"],
  ["ClusterConfiguration", "networking.podSubnet", "text"],
  ["ClusterConfiguration", "networking.serviceSubnet", "text"],
  ["ClusterConfiguration", "featureGates", "map"],
  ["ClusterConfiguration", "apiServer.certSANs", "list"],
  ...["apiServer", "controllerManager", "scheduler"].flatMap((part) => [
    ["ClusterConfiguration", part, "map"] as const,
    ["ClusterConfiguration", `${part}.extraArgs`, "arguments"] as const,
    ["ClusterConfiguration", `${part}.extraEnvs`, "list"] as const,
  ]),
  ...["InitConfiguration", "JoinConfiguration"].flatMap((kind) => [
    [kind, "nodeRegistration", "map"] as const,
    [kind, "nodeRegistration.name", "text"] as const,
    [kind, "nodeRegistration.criSocket", "text"] as const,
    [kind, "nodeRegistration.kubeletExtraArgs", "arguments"] as const,
  ]),
];

const examples: Readonly<Record<Shape, string>> = {
  map: "keys with values",
  list: "a list of items",
  text: "a text; quote it if it looks like a number",
  number: "a number without quotes",
};
const argumentExamples = {
  map: "NAME: VALUE for each argument",
  list: "- {name: NAME, value: VALUE} for each argument",
};

function shapeOf(value: unknown): string {
  if (Array.isArray(value)) return "list";
  if (typeof value === "object") return "map";
  return typeof value === "string" ? "text" : typeof value;
}
