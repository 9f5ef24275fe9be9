import { Ajv, type ErrorObject } from "ajv";

type Schema = Readonly<Record<string, unknown>>;

/** What the API's own types and limits refuse of an object; nothing unknown is allowed. */
export function capiProblems(object: unknown, version: "v1beta1" | "v1beta2"): readonly string[] {
  const kind = String((object as Record<string, unknown>)["kind"]);
  const schema = kinds(version)[kind];
  if (schema === undefined) return [`kind ${kind} is unknown`];
  const validate = new Ajv({ allErrors: true }).compile(schema);
  return validate(object)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }: ErrorObject) => `${instancePath} ${message}`);
}

// A number may be a variable until clusterctl has been there.
const number = { anyOf: [{ type: "integer" }, { type: "string", pattern: "^\\$\\{[^{}]+\\}$" }] };

const text = (most: number): Schema => ({ type: "string", minLength: 1, maxLength: most });
const list = (items: Schema, most: number): Schema => ({ type: "array", items, minItems: 1, maxItems: most });
const object = (properties: Schema, required: readonly string[] = []): Schema => ({
  type: "object",
  properties,
  required,
  additionalProperties: false,
  minProperties: 1,
});

function kinds(version: "v1beta1" | "v1beta2"): Readonly<Record<string, Schema>> {
  const config = configSpec(version);
  const group = (name: string): Schema => ({ const: `${name}.cluster.x-k8s.io/${version}` });
  const metadata = object({ name: text(253), namespace: text(63) }, ["name"]);
  const whole = (name: string, kind: string, spec: Schema): Schema =>
    object({ apiVersion: group(name), kind: { const: kind }, metadata, spec }, [
      "apiVersion",
      "kind",
      "metadata",
      "spec",
    ]);
  const reference =
    version === "v1beta1"
      ? object({ apiVersion: text(317), kind: text(63), name: text(253) }, ["apiVersion", "kind", "name"])
      : object({ apiGroup: text(253), kind: text(63), name: text(253) }, ["apiGroup", "kind", "name"]);
  const machineTemplate =
    version === "v1beta1"
      ? object({ infrastructureRef: reference }, ["infrastructureRef"])
      : object({ spec: object({ infrastructureRef: reference }, ["infrastructureRef"]) }, ["spec"]);
  return {
    KubeadmControlPlane: whole(
      "controlplane",
      "KubeadmControlPlane",
      object({ replicas: number, version: text(256), machineTemplate, kubeadmConfigSpec: config }, [
        "version",
        "machineTemplate",
        "kubeadmConfigSpec",
      ]),
    ),
    KubeadmConfig: whole("bootstrap", "KubeadmConfig", config),
    KubeadmConfigTemplate: whole(
      "bootstrap",
      "KubeadmConfigTemplate",
      object({ template: object({ spec: config }, ["spec"]) }, ["template"]),
    ),
  };
}

function configSpec(version: "v1beta1" | "v1beta2"): Schema {
  const old = version === "v1beta1";
  const anyObject = { type: "object" };
  const args = old
    ? { type: "object", additionalProperties: { type: "string" } }
    : list(object({ name: text(256), value: { type: "string", maxLength: 1024 } }, ["name", "value"]), 100);
  const component = { extraArgs: args, extraVolumes: list(anyObject, 100), extraEnvs: list(anyObject, 100) };
  const seconds = { type: "integer", minimum: 0 };
  const timeouts = object({
    controlPlaneComponentHealthCheckSeconds: seconds,
    kubeletHealthCheckSeconds: seconds,
    kubernetesAPICallSeconds: seconds,
    etcdAPICallSeconds: seconds,
    tlsBootstrapSeconds: seconds,
    discoverySeconds: seconds,
  });
  const endpoint = object({ advertiseAddress: text(39), bindPort: { type: "integer", minimum: 1, maximum: 65_535 } });
  const ofNode = {
    nodeRegistration: object({
      name: text(253),
      criSocket: text(512),
      taints: { type: "array" },
      kubeletExtraArgs: args,
      ignorePreflightErrors: list(text(512), 50),
      imagePullPolicy: text(20),
      imagePullSerial: { type: "boolean" },
    }),
    skipPhases: list(text(256), 50),
    patches: object({ directory: text(512) }),
    ...(old ? {} : { timeouts }),
  };
  const commands = list(text(10_240), 1000);
  const file = {
    ...object(
      {
        path: text(512),
        owner: text(256),
        permissions: { type: "string", pattern: "^0[0-7]{3}$" },
        encoding: { enum: ["base64", "gzip", "gzip+base64"] },
        append: { type: "boolean" },
        content: text(10_240),
        contentFrom: object({ secret: object({ name: text(253), key: text(256) }, ["name", "key"]) }, ["secret"]),
      },
      ["path"],
    ),
    oneOf: [{ required: ["content"] }, { required: ["contentFrom"] }],
  };
  return object({
    format: { enum: ["cloud-config", "ignition"] },
    clusterConfiguration: object({
      etcd: anyObject,
      ...(old && { networking: anyObject, kubernetesVersion: text(256), clusterName: text(63) }),
      controlPlaneEndpoint: text(512),
      apiServer: object({
        ...component,
        certSANs: list(text(253), 100),
        ...(old && { timeoutForControlPlane: text(32) }),
      }),
      controllerManager: object(component),
      scheduler: object(component),
      dns: object({ imageRepository: text(512), imageTag: text(256) }),
      certificatesDir: text(512),
      imageRepository: text(512),
      featureGates: { type: "object", additionalProperties: { type: "boolean" } },
      certificateValidityPeriodDays: { type: "integer", minimum: 1, maximum: 1095 },
      caCertificateValidityPeriodDays: { type: "integer", minimum: 1, maximum: 36_500 },
      encryptionAlgorithm: text(32),
    }),
    initConfiguration: object({ ...ofNode, localAPIEndpoint: endpoint }),
    joinConfiguration: object({
      ...ofNode,
      caCertPath: text(512),
      controlPlane: object({ localAPIEndpoint: endpoint }),
    }),
    files: list(file, 200),
    preKubeadmCommands: commands,
    postKubeadmCommands: commands,
  });
}
