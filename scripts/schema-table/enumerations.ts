/**
 * Values that the API server allows in a field of a pod, by the end of the field's name. The OpenAPI documents do
 * not have them; they are what ValidatePodSpec asks for:
 * https://github.com/kubernetes/kubernetes/blob/v1.37.0/pkg/apis/core/validation/validation.go
 */
export const enumerations: Readonly<Record<string, readonly string[]>> = {
  "core.v1.PodSpec.restartPolicy": ["Always", "OnFailure", "Never"],
  "core.v1.PodSpec.dnsPolicy": ["ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"],
  "core.v1.PodSpec.preemptionPolicy": ["PreemptLowerPriority", "Never"],
  "core.v1.PodOS.name": ["linux", "windows"],
  "core.v1.Container.imagePullPolicy": ["Always", "IfNotPresent", "Never"],
  "core.v1.EphemeralContainer.imagePullPolicy": ["Always", "IfNotPresent", "Never"],
  "core.v1.Container.terminationMessagePolicy": ["File", "FallbackToLogsOnError"],
  "core.v1.EphemeralContainer.terminationMessagePolicy": ["File", "FallbackToLogsOnError"],
  "core.v1.ContainerPort.protocol": ["TCP", "UDP", "SCTP"],
  "core.v1.HTTPGetAction.scheme": ["HTTP", "HTTPS"],
  "core.v1.VolumeMount.mountPropagation": ["None", "HostToContainer", "Bidirectional"],
  "core.v1.VolumeMount.recursiveReadOnly": ["Disabled", "IfPossible", "Enabled"],
  "core.v1.SecurityContext.procMount": ["Default", "Unmasked"],
  "core.v1.SeccompProfile.type": ["RuntimeDefault", "Unconfined", "Localhost"],
  "core.v1.AppArmorProfile.type": ["RuntimeDefault", "Unconfined", "Localhost"],
  "core.v1.PodSecurityContext.fsGroupChangePolicy": ["Always", "OnRootMismatch"],
  "core.v1.PodSecurityContext.supplementalGroupsPolicy": ["Merge", "Strict"],
  "core.v1.ContainerResizePolicy.restartPolicy": ["NotRequired", "RestartContainer"],
  "core.v1.Toleration.operator": ["Exists", "Equal", "Lt", "Gt"],
  "core.v1.Toleration.effect": ["NoSchedule", "PreferNoSchedule", "NoExecute"],
  "core.v1.NodeSelectorRequirement.operator": ["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"],
  "core.v1.TopologySpreadConstraint.whenUnsatisfiable": ["DoNotSchedule", "ScheduleAnyway"],
  "core.v1.TopologySpreadConstraint.nodeAffinityPolicy": ["Honor", "Ignore"],
  "core.v1.TopologySpreadConstraint.nodeTaintsPolicy": ["Honor", "Ignore"],
  "core.v1.HostPathVolumeSource.type": [
    "DirectoryOrCreate",
    "Directory",
    "FileOrCreate",
    "File",
    "Socket",
    "CharDevice",
    "BlockDevice",
  ],
};
