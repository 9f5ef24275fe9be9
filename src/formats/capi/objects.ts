import { generatedBy } from "../../render/generated-by.ts";
import { type Comments, toYaml } from "../../yaml/write.ts";
import type { KubeadmParts } from "./configuration.ts";
import type { PlacedFile } from "./file-entry.ts";
import type { MachinePart } from "./machine.ts";
import { type BootstrapFormat, bootstrapGroup, controlPlaneGroup, type ObjectKind, type Target } from "./versions.ts";

/** What objects are made of. */
export interface ObjectInput {
  readonly target: Target;
  readonly bootstrapFormat: BootstrapFormat;
  readonly parts: KubeadmParts;
  readonly files: readonly PlacedFile[];
  readonly commands: Pick<MachinePart, "before" | "after">;
  readonly release: string;
  readonly secretName: string;
}

/** A KubeadmConfigSpec for control-plane machines. */
export function controlPlaneSpec({ bootstrapFormat, parts, files, commands }: ObjectInput): Json {
  return present({
    format: bootstrapFormat === "ignition" ? bootstrapFormat : undefined,
    clusterConfiguration: filled(parts.clusterConfiguration),
    initConfiguration: filled(parts.initConfiguration),
    joinConfiguration: filled(parts.joinConfiguration),
    files: files.map(({ entry }) => entry),
    preKubeadmCommands: filled(commands.before),
    postKubeadmCommands: filled(commands.after),
  });
}

/** The object that is asked for as YAML, or the part of one; with the Secret that its files refer to. */
export function objectText(input: ObjectInput): string {
  const { kind, version } = input.target;
  const secrets = input.files.flatMap(({ secret }) => (secret === undefined ? [] : [secret]));
  const secret =
    secrets.length === 0 || kind === "KubeadmConfigTemplate"
      ? ""
      : `---\n${toYaml({
          apiVersion: "v1",
          kind: "Secret",
          metadata: metadata(input.secretName),
          type: "Opaque",
          stringData: Object.fromEntries(secrets.map(({ key, text }) => [key, text])),
        })}`;
  if (kind === undefined)
    return `${toYaml(
      { spec: { kubeadmConfigSpec: controlPlaneSpec(input) } },
      {
        "": `Part of a KubeadmControlPlane of ${controlPlaneGroup}/${version}; made by kubeadm-ha from ha.yaml.`,
        ...commentsAt("spec.kubeadmConfigSpec", input),
      },
    )}${secret}`;
  return makers[kind](input) + secret;
}

type Json = Readonly<Record<string, unknown>>;

const makers: Readonly<Record<ObjectKind, (input: ObjectInput) => string>> = {
  KubeadmControlPlane: (input) => {
    const { target, release } = input;
    const object = {
      apiVersion: `${controlPlaneGroup}/${target.version}`,
      kind: "KubeadmControlPlane",
      metadata: metadata("${CLUSTER_NAME}-control-plane"),
      spec: {
        // Unquoted, so that clusterctl leaves a number.
        replicas: "${CONTROL_PLANE_MACHINE_COUNT:=3}",
        version: release,
        machineTemplate: machineTemplate(target),
        kubeadmConfigSpec: controlPlaneSpec(input),
      },
    };
    const comments = {
      "": generatedBy,
      "spec.machineTemplate": "The template of your infrastructure provider, such as VSphereMachineTemplate.",
      ...commentsAt("spec.kubeadmConfigSpec", input),
    };
    return toYaml(object, comments);
  },
  KubeadmConfig: (input) =>
    toYaml(
      {
        apiVersion: `${bootstrapGroup}/${input.target.version}`,
        kind: "KubeadmConfig",
        metadata: metadata("${CLUSTER_NAME}-control-plane"),
        spec: controlPlaneSpec(input),
      },
      { "": generatedBy, ...commentsAt("spec", input) },
    ),
  KubeadmConfigTemplate: ({ target, parts, bootstrapFormat }) => {
    const { controlPlane: _, ...joinConfiguration } = parts.joinConfiguration;
    return toYaml(
      {
        apiVersion: `${bootstrapGroup}/${target.version}`,
        kind: "KubeadmConfigTemplate",
        metadata: metadata("${CLUSTER_NAME}-workers"),
        spec: {
          template: {
            // Never empty, which the API server would refuse.
            spec: present({ format: bootstrapFormat, joinConfiguration: filled(joinConfiguration) }),
          },
        },
      },
      { "": `${generatedBy}\nWorkers reach the API at the virtual IP and need nothing for that.` },
    );
  },
};

function metadata(name: string): Json {
  return { name, namespace: "${NAMESPACE:=default}" };
}

// v1beta2 names the group and leaves the version to the contract.
function machineTemplate({ version }: Target): Json {
  const group = "infrastructure.cluster.x-k8s.io";
  const kind = "${INFRASTRUCTURE_TEMPLATE_KIND}";
  const name = "${CLUSTER_NAME}-control-plane";
  return version === "v1beta1"
    ? { infrastructureRef: { apiVersion: `${group}/v1beta1`, kind, name } }
    : { spec: { infrastructureRef: { apiGroup: group, kind, name } } };
}

function commentsAt(base: string, { parts, commands }: ObjectInput): Comments {
  const apiServer = parts.clusterConfiguration["apiServer"];
  const has = (key: string): boolean => typeof apiServer === "object" && apiServer !== null && key in apiServer;
  return {
    ...(has("extraArgs") && {
      [`${base}.clusterConfiguration.apiServer.extraArgs`]:
        "After SIGTERM /readyz fails at once while requests are served for this long: longer than it takes\nto see that, shorter than the 30 s after which the kubelet kills the pod.",
    }),
    ...(commands.after.length > 0 && {
      [`${base}.postKubeadmCommands`]:
        "Run also where kubeadm failed; the script looks for Cluster API's sign of success.",
    }),
  };
}

function filled<Value extends object>(value: Value): Value | undefined {
  return Object.keys(value).length === 0 ? undefined : value;
}

function present(value: Json): Json {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined));
}
