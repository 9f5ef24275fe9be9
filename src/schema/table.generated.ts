// Made by scripts/make-schema-table.
export const releases: readonly string[] = ["v1.28.15","v1.29.6","v1.30.4","v1.31.14","v1.32.13","v1.33.13","v1.34.10","v1.35.4","v1.36.3","v1.37.0"];
export const minors: readonly number[] = [28,29,30,31,32,33,34,35,36,37];

/** A line each, numbered from 0, after an empty one. */
export const enumerations = `
Always OnFailure Never
ClusterFirst ClusterFirstWithHostNet Default None
PreemptLowerPriority Never
linux windows
Always IfNotPresent Never
Always IfNotPresent Never
File FallbackToLogsOnError
File FallbackToLogsOnError
TCP UDP SCTP
HTTP HTTPS
None HostToContainer Bidirectional
Disabled IfPossible Enabled
Default Unmasked
RuntimeDefault Unconfined Localhost
RuntimeDefault Unconfined Localhost
Always OnRootMismatch
Merge Strict
NotRequired RestartContainer
Exists Equal Lt Gt
NoSchedule PreferNoSchedule NoExecute
In NotIn Exists DoesNotExist Gt Lt
DoNotSchedule ScheduleAnyway
Honor Ignore
Honor Ignore
DirectoryOrCreate Directory FileOrCreate File Socket CharDevice BlockDevice
`;

/** Each API version with its kinds: name, "#" and the number of the definition, "@" and the minors if not all. */
export const kinds = `
admissionregistration.k8s.io/v1 MutatingAdmissionPolicy#5@lc MutatingAdmissionPolicyBinding#6@lc MutatingAdmissionPolicyBindingList#7@lc MutatingAdmissionPolicyList#9@lc MutatingWebhookConfiguration#c MutatingWebhookConfigurationList#d ValidatingAdmissionPolicy#l@sc ValidatingAdmissionPolicyBinding#m@sc ValidatingAdmissionPolicyBindingList#n@sc ValidatingAdmissionPolicyList#p@sc ValidatingWebhookConfiguration#t ValidatingWebhookConfigurationList#u
admissionregistration.k8s.io/v1alpha1 MutatingAdmissionPolicy#5@s0 MutatingAdmissionPolicyBinding#6@s0 MutatingAdmissionPolicyBindingList#7@s0 MutatingAdmissionPolicyList#9@s0 ValidatingAdmissionPolicy#l@f ValidatingAdmissionPolicyBinding#x@f ValidatingAdmissionPolicyBindingList#y@f ValidatingAdmissionPolicyList#10@f
admissionregistration.k8s.io/v1beta1 MutatingAdmissionPolicy#5@qo MutatingAdmissionPolicyBinding#6@qo MutatingAdmissionPolicyBindingList#7@qo MutatingAdmissionPolicyList#9@qo ValidatingAdmissionPolicy#l@1r ValidatingAdmissionPolicyBinding#x@1r ValidatingAdmissionPolicyBindingList#11@1r ValidatingAdmissionPolicyList#12@1r
apiextensions.k8s.io/v1 CustomResourceDefinition#kp CustomResourceDefinitionList#kr
apiregistration.k8s.io/v1 APIService#ls APIServiceList#lt
apps/v1 ControllerRevision#19 ControllerRevisionList#1a DaemonSet#1b DaemonSetList#1d Deployment#1h DeploymentList#1j ReplicaSet#1m ReplicaSetList#1n StatefulSet#1s StatefulSetList#1t
authentication.k8s.io/v1 SelfSubjectReview#20 TokenRequest#22 TokenReview#25
authentication.k8s.io/v1alpha1 SelfSubjectReview#20@f
authentication.k8s.io/v1beta1 SelfSubjectReview#20@v
authorization.k8s.io/v1 LocalSubjectAccessReview#2a SelfSubjectAccessReview#2f SelfSubjectRulesReview#2h SubjectAccessReview#2a
autoscaling/v1 HorizontalPodAutoscaler#2n HorizontalPodAutoscalerList#2o Scale#2r
autoscaling/v2 HorizontalPodAutoscaler#30 HorizontalPodAutoscalerList#33
batch/v1 CronJob#3f CronJobList#3g Job#3j JobList#3l
certificates.k8s.io/v1 CertificateSigningRequest#3x CertificateSigningRequestList#3z ClusterTrustBundle#42@e8 ClusterTrustBundleList#43@e8 PodCertificateRequest#45@e8 PodCertificateRequestList#46@e8
certificates.k8s.io/v1alpha1 ClusterTrustBundle#42@e7 ClusterTrustBundleList#43@e7 PodCertificateRequest#49@1s PodCertificateRequestList#4a@1s
certificates.k8s.io/v1beta1 ClusterTrustBundle#42@rk ClusterTrustBundleList#43@rk PodCertificateRequest#4c@ow PodCertificateRequestList#4d@ow
coordination.k8s.io/v1 Lease#4f LeaseList#4g
coordination.k8s.io/v1alpha1 LeaseCandidate#4i@8 LeaseCandidateList#4j@8
coordination.k8s.io/v1alpha2 LeaseCandidate#4l@s0 LeaseCandidateList#4m@s0
coordination.k8s.io/v1beta1 LeaseCandidate#4o@rk LeaseCandidateList#4p@rk
discovery.k8s.io/v1 EndpointSlice#b0 EndpointSliceList#b1
events.k8s.io/v1 Event#b2 EventList#b3
flowcontrol.apiserver.k8s.io/v1 FlowSchema#b7@se FlowSchemaList#b9@se PriorityLevelConfiguration#bg@se PriorityLevelConfigurationList#bh@se
flowcontrol.apiserver.k8s.io/v1beta2 FlowSchema#bn@1 FlowSchemaList#bp@1 PriorityLevelConfiguration#bs@1 PriorityLevelConfigurationList#bt@1
flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema#bn@f FlowSchemaList#bp@f PriorityLevelConfiguration#bw@f PriorityLevelConfigurationList#bx@f
internal.apiserver.k8s.io/v1alpha1 StorageVersion#14 StorageVersionList#16
lifecycle.k8s.io/v1alpha1 Eviction#bz@e8 EvictionList#c0@e8 EvictionRequest#c2@e8 EvictionRequestList#c3@e8
networking.k8s.io/v1 IPAddress#ce@rk IPAddressList#cf@rk Ingress#ci IngressClass#ck IngressClassList#cl IngressList#co NetworkPolicy#cw NetworkPolicyList#cz ServiceCIDR#d5@rk ServiceCIDRList#d6@rk
networking.k8s.io/v1alpha1 ClusterCIDR#d9@1 ClusterCIDRList#da@1 IPAddress#dc@7 IPAddressList#dd@7 ServiceCIDR#d5@6 ServiceCIDRList#d6@6
networking.k8s.io/v1beta1 IPAddress#dg@e0 IPAddressList#dh@e0 ServiceCIDR#d5@e0 ServiceCIDRList#d6@e0
node.k8s.io/v1 RuntimeClass#dj RuntimeClassList#dk
policy/v1 Eviction#dm PodDisruptionBudget#dn PodDisruptionBudgetList#do
rbac.authorization.k8s.io/v1 ClusterRole#ds ClusterRoleBinding#dt ClusterRoleBindingList#du ClusterRoleList#dv Role#dx RoleBinding#dt RoleBindingList#du RoleList#dy
resource.k8s.io/v1 DeviceClass#ef@qo DeviceClassList#eh@qo DeviceTaintRule#ep@e8 DeviceTaintRuleList#eq@e8 ResourceClaim#f1@qo ResourceClaimList#f3@qo ResourceClaimTemplate#f6@qo ResourceClaimTemplateList#f7@qo ResourceSlice#fa@qo ResourceSliceList#fb@qo
resource.k8s.io/v1alpha2 PodSchedulingContext#fm@7 PodSchedulingContextList#fn@7 ResourceClaim#fq@7 ResourceClaimList#fr@7 ResourceClaimParameters#fs@4 ResourceClaimParametersList#ft@4 ResourceClaimTemplate#fx@7 ResourceClaimTemplateList#fy@7 ResourceClass#g0@7 ResourceClassList#g1@7 ResourceClassParameters#g2@4 ResourceClassParametersList#g3@4 ResourceSlice#g7@4 ResourceSliceList#g8@4 Status#lo@7
resource.k8s.io/v1alpha3 DeviceClass#gi@1k DeviceClassList#gj@1k DeviceTaintRule#gq@rk DeviceTaintRuleList#gr@rk PodSchedulingContext#gv@8 PodSchedulingContextList#gw@8 ResourceClaim#gz@1k ResourceClaimList#h0@1k ResourceClaimTemplate#h4@1k ResourceClaimTemplateList#h5@1k ResourcePoolStatusRequest#h7@lc ResourcePoolStatusRequestList#h8@lc ResourceSlice#hb@1k ResourceSliceList#hc@1k
resource.k8s.io/v1beta1 DeviceClass#hn@s0 DeviceClassList#ho@s0 ResourceClaim#hu@s0 ResourceClaimList#hv@s0 ResourceClaimTemplate#hy@s0 ResourceClaimTemplateList#hz@s0 ResourceSlice#i1@s0 ResourceSliceList#i2@s0
resource.k8s.io/v1beta2 DeviceClass#i8@rk DeviceClassList#i9@rk DeviceTaintRule#ep@lc DeviceTaintRuleList#eq@lc ResourceClaim#id@rk ResourceClaimList#ie@rk ResourceClaimTemplate#ih@rk ResourceClaimTemplateList#ii@rk ResourceSlice#ik@rk ResourceSliceList#il@rk
scheduling.k8s.io/v1 PriorityClass#in PriorityClassList#io
scheduling.k8s.io/v1alpha1 Workload#is@3k WorkloadList#it@3k
scheduling.k8s.io/v1alpha2 PodGroup#iv@74 PodGroupList#iw@74 Workload#j4@74 WorkloadList#j5@74
scheduling.k8s.io/v1alpha3 CompositePodGroup#ja@e8 CompositePodGroupList#jb@e8 PodGroup#jf@e8 PodGroupList#jg@e8 Workload#jj@e8 WorkloadList#jk@e8
scheduling.k8s.io/v1beta1 PodGroup#jf@e8 PodGroupList#jg@e8 Workload#jj@e8 WorkloadList#jk@e8
storage.k8s.io/v1 CSIDriver#jp CSIDriverList#jq CSINode#js CSINodeList#ju CSIStorageCapacity#jx CSIStorageCapacityList#jy StorageClass#jz StorageClassList#k0 VolumeAttachment#k4 VolumeAttachmentList#k5 VolumeAttributesClass#k9@qo VolumeAttributesClassList#ka@qo
storage.k8s.io/v1alpha1 VolumeAttributesClass#k9@3i VolumeAttributesClassList#ka@3i
storage.k8s.io/v1beta1 VolumeAttributesClass#k9@e0 VolumeAttributesClassList#ka@e0
storagemigration.k8s.io/v1 StorageVersionMigration#kd@e8 StorageVersionMigrationList#ke@e8
storagemigration.k8s.io/v1alpha1 StorageVersionMigration#kj@3g StorageVersionMigrationList#kk@3g
storagemigration.k8s.io/v1beta1 StorageVersionMigration#kd@ow StorageVersionMigrationList#ke@ow
v1 APIGroup#l6 APIGroupList#l7 APIResourceList#l9 APIVersions#la Binding#4x ComponentStatus#59 ComponentStatusList#5a ConfigMap#5b ConfigMapList#5e Endpoints#63 EndpointsList#64 Event#6a EventList#6b LimitRange#72 LimitRangeList#74 Namespace#7d NamespaceList#7f Node#7i NodeList#7t PersistentVolume#86 PersistentVolumeClaim#87 PersistentVolumeClaimList#88 PersistentVolumeList#8d Pod#8h PodList#8p PodTemplate#8z PodTemplateList#90 ReplicationController#9b ReplicationControllerList#9c ResourceQuota#9i ResourceQuotaList#9j Secret#9u SecretList#9v Service#9z ServiceAccount#a0 ServiceAccountList#a1 ServiceList#a3 Status#lo
`;

/** API version, kind, the minors in which it is deprecated and removed, and what takes its place. */
export const endings = `
admission.k8s.io/v1beta1 AdmissionReview 19 22 admission.k8s.io/v1 AdmissionReview
admissionregistration.k8s.io/v1alpha1 MutatingAdmissionPolicy 35 38
admissionregistration.k8s.io/v1alpha1 MutatingAdmissionPolicyBinding 35 38
admissionregistration.k8s.io/v1alpha1 ValidatingAdmissionPolicy 29 32
admissionregistration.k8s.io/v1alpha1 ValidatingAdmissionPolicyBinding 29 32
admissionregistration.k8s.io/v1beta1 MutatingAdmissionPolicy 37 40 admissionregistration.k8s.io/v1 MutatingAdmissionPolicy
admissionregistration.k8s.io/v1beta1 MutatingAdmissionPolicyBinding 37 40 admissionregistration.k8s.io/v1 MutatingAdmissionPolicyBinding
admissionregistration.k8s.io/v1beta1 MutatingWebhookConfiguration 16 22 admissionregistration.k8s.io/v1 MutatingWebhookConfiguration
admissionregistration.k8s.io/v1beta1 ValidatingAdmissionPolicy 31 34
admissionregistration.k8s.io/v1beta1 ValidatingAdmissionPolicyBinding 31 34
admissionregistration.k8s.io/v1beta1 ValidatingWebhookConfiguration 16 22 admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration
apidiscovery.k8s.io/v2beta1 APIGroupDiscovery 32 35
apiextensions.k8s.io/v1beta1 CustomResourceDefinition 16 22 apiextensions.k8s.io/v1 CustomResourceDefinition
apiregistration.k8s.io/v1beta1 APIService 19 22 apiregistration.k8s.io/v1 APIService
apps/v1beta1 ControllerRevision 8 16 apps/v1 ControllerRevision
apps/v1beta1 Deployment 8 16 apps/v1 Deployment
apps/v1beta1 DeploymentRollback 8 16 apps/v1 DeploymentRollback
apps/v1beta1 Scale 8 16 autoscaling/v1 Scale
apps/v1beta1 StatefulSet 8 16 apps/v1 StatefulSet
apps/v1beta2 ControllerRevision 9 16 apps/v1 ControllerRevision
apps/v1beta2 DaemonSet 9 16 apps/v1 DaemonSet
apps/v1beta2 Deployment 9 16 apps/v1 Deployment
apps/v1beta2 ReplicaSet 9 16 apps/v1 ReplicaSet
apps/v1beta2 Scale 9 16 autoscaling/v1 Scale
apps/v1beta2 StatefulSet 9 16 apps/v1 StatefulSet
authentication.k8s.io/v1alpha1 SelfSubjectReview 29 32
authentication.k8s.io/v1beta1 SelfSubjectReview 30 33
authentication.k8s.io/v1beta1 TokenReview 19 22 authentication.k8s.io/v1 TokenReview
authorization.k8s.io/v1beta1 LocalSubjectAccessReview 19 22 authorization.k8s.io/v1 LocalSubjectAccessReview
authorization.k8s.io/v1beta1 SelfSubjectAccessReview 19 22 authorization.k8s.io/v1 SelfSubjectAccessReview
authorization.k8s.io/v1beta1 SelfSubjectRulesReview 19 22 authorization.k8s.io/v1 SelfSubjectRulesReview
authorization.k8s.io/v1beta1 SubjectAccessReview 19 22 authorization.k8s.io/v1 SubjectAccessReview
batch/v1beta1 CronJob 21 25 batch/v1 CronJob
certificates.k8s.io/v1alpha1 ClusterTrustBundle 34 37
certificates.k8s.io/v1beta1 CertificateSigningRequest 19 22 certificates.k8s.io/v1 CertificateSigningRequest
certificates.k8s.io/v1beta1 ClusterTrustBundle 37 40 certificates.k8s.io/v1 ClusterTrustBundle
certificates.k8s.io/v1beta1 PodCertificateRequest 37 40 certificates.k8s.io/v1 PodCertificateRequest
coordination.k8s.io/v1alpha2 LeaseCandidate 35 38
coordination.k8s.io/v1beta1 Lease 19 22 coordination.k8s.io/v1 Lease
coordination.k8s.io/v1beta1 LeaseCandidate 36 39
discovery.k8s.io/v1beta1 EndpointSlice 21 25 discovery.k8s.io/v1 EndpointSlice
events.k8s.io/v1beta1 Event 22 25
extensions/v1beta1 DaemonSet 8 16 apps/v1 DaemonSet
extensions/v1beta1 Deployment 8 16 apps/v1 Deployment
extensions/v1beta1 DeploymentRollback 8 16
extensions/v1beta1 Ingress 14 22 networking.k8s.io/v1 Ingress
extensions/v1beta1 NetworkPolicy 9 16 networking.k8s.io/v1 NetworkPolicy
extensions/v1beta1 PodSecurityPolicy 11 16
extensions/v1beta1 ReplicaSet 8 16 apps/v1 ReplicaSet
extensions/v1beta1 Scale 2 16
flowcontrol.apiserver.k8s.io/v1beta1 FlowSchema 23 26 flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema
flowcontrol.apiserver.k8s.io/v1beta1 PriorityLevelConfiguration 23 26 flowcontrol.apiserver.k8s.io/v1beta3 PriorityLevelConfiguration
flowcontrol.apiserver.k8s.io/v1beta2 FlowSchema 26 29 flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema
flowcontrol.apiserver.k8s.io/v1beta2 PriorityLevelConfiguration 26 29 flowcontrol.apiserver.k8s.io/v1beta3 PriorityLevelConfiguration
flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema 29 32 flowcontrol.apiserver.k8s.io/v1 FlowSchema
flowcontrol.apiserver.k8s.io/v1beta3 PriorityLevelConfiguration 29 32 flowcontrol.apiserver.k8s.io/v1 PriorityLevelConfiguration
networking.k8s.io/v1beta1 IPAddress 34 37
networking.k8s.io/v1beta1 Ingress 19 22 networking.k8s.io/v1 Ingress
networking.k8s.io/v1beta1 IngressClass 19 22 networking.k8s.io/v1 IngressClassList
networking.k8s.io/v1beta1 ServiceCIDR 34 37
node.k8s.io/v1beta1 RuntimeClass 22 25
policy/v1beta1 Eviction 22 25
policy/v1beta1 PodDisruptionBudget 21 25 policy/v1 PodDisruptionBudget
policy/v1beta1 PodSecurityPolicy 21 25
rbac.authorization.k8s.io/v1beta1 ClusterRole 17 22 rbac.authorization.k8s.io/v1 ClusterRole
rbac.authorization.k8s.io/v1beta1 ClusterRoleBinding 17 22 rbac.authorization.k8s.io/v1 ClusterRoleBinding
rbac.authorization.k8s.io/v1beta1 Role 17 22 rbac.authorization.k8s.io/v1 Role
rbac.authorization.k8s.io/v1beta1 RoleBinding 17 22 rbac.authorization.k8s.io/v1 RoleBinding
resource.k8s.io/v1alpha3 DeviceTaintRule 36 39
resource.k8s.io/v1beta1 DeviceClass 35 38
resource.k8s.io/v1beta1 ResourceClaim 35 38
resource.k8s.io/v1beta1 ResourceClaimTemplate 35 38
resource.k8s.io/v1beta1 ResourceSlice 35 38
resource.k8s.io/v1beta2 DeviceClass 36 39
resource.k8s.io/v1beta2 ResourceClaim 36 39
resource.k8s.io/v1beta2 ResourceClaimTemplate 36 39
resource.k8s.io/v1beta2 ResourceSlice 36 39
scheduling.k8s.io/v1beta1 PriorityClass 14 22 scheduling.k8s.io/v1 PriorityClass
storage.k8s.io/v1alpha1 CSIStorageCapacity 21 24 storage.k8s.io/v1beta1 CSIStorageCapacity
storage.k8s.io/v1alpha1 VolumeAttachment 21 24 storage.k8s.io/v1 VolumeAttachment
storage.k8s.io/v1alpha1 VolumeAttributesClass 32 35 storage.k8s.io/v1 VolumeAttributesClass
storage.k8s.io/v1beta1 CSIDriver 19 22 storage.k8s.io/v1 CSIDriver
storage.k8s.io/v1beta1 CSINode 17 22 storage.k8s.io/v1 CSINode
storage.k8s.io/v1beta1 CSIStorageCapacity 24 27 storage.k8s.io/v1 CSIStorageCapacity
storage.k8s.io/v1beta1 StorageClass 19 22 storage.k8s.io/v1 StorageClass
storage.k8s.io/v1beta1 VolumeAttachment 19 22 storage.k8s.io/v1 VolumeAttachment
storage.k8s.io/v1beta1 VolumeAttributesClass 34 37 storage.k8s.io/v1 VolumeAttributesClass
storagemigration.k8s.io/v1beta1 StorageVersionMigration 37 40 storagemigration.k8s.io/v1 StorageVersionMigration
`;

/** A line each, numbered from 0, after an empty one. */
export const definitions = `
expression
key! valueExpression!
fieldRef! warning!
expression! name!
excludeResourceRules:[#f matchPolicy namespaceSelector:#lg objectSelector:#lg resourceRules:[#f
apiVersion kind metadata:#lk spec:#a
apiVersion kind metadata:#lk spec:#8
apiVersion items!:[#6 kind metadata:#lh
matchResources:#4 paramRef:#h policyName
apiVersion items!:[#5 kind metadata:#lh
failurePolicy matchConditions:[#3 matchConstraints:#4 mutations:[#e paramKind:#g reinvocationPolicy variables:[#3
admissionReviewVersions!:[s clientConfig!:#w failurePolicy matchConditions:[#3 matchPolicy name! namespaceSelector:#lg objectSelector:#lg reinvocationPolicy rules:[#i sideEffects! timeoutSeconds:i
apiVersion kind metadata:#lk webhooks:[#b
apiVersion items!:[#c kind metadata:#lh
applyConfiguration:#0 jsonPatch:#0 patchType!
apiGroups:[s apiVersions:[s operations:[s resourceNames:[s resources:[s scope
apiVersion kind
name namespace parameterNotFoundAction selector:#lg
apiGroups:[s apiVersions:[s operations:[s resources:[s scope
name! namespace! path port:i
expressionWarnings:[#2
apiVersion kind metadata:#lk spec:#q status:#r
apiVersion kind metadata:#lk spec!:#o@lc spec:#o@70
apiVersion items!:[#m kind metadata:#lh
matchResources:#4 paramRef:#h policyName!@lc policyName@70 validationActions!:[s@lc validationActions:[s@70
apiVersion items!:[#l kind metadata:#lh
auditAnnotations:[#1 failurePolicy matchConditions:[#3 matchConstraints:#4 paramKind:#g validations:[#v variables:[#3
conditions:[#lb observedGeneration:l typeChecking:#k
admissionReviewVersions!:[s clientConfig!:#w failurePolicy matchConditions:[#3 matchPolicy name! namespaceSelector:#lg objectSelector:#lg rules:[#i sideEffects! timeoutSeconds:i
apiVersion kind metadata:#lk webhooks:[#s
apiVersion items!:[#t kind metadata:#lh
expression! message messageExpression reason
caBundle:y service:#j url
apiVersion kind metadata:#lk spec:#z
apiVersion items!:[#x@d items:[#x@2 kind metadata:#lh
matchResources:#4 paramRef:#h policyName validationActions:[s
apiVersion items!:[#l@d items:[#l@2 kind metadata:#lh
apiVersion items!:[#x@1p items:[#x@2 kind metadata:#lh
apiVersion items!:[#l@1p items:[#l@2 kind metadata:#lh
apiServerID!@lc apiServerID@73 decodableVersions!:[s@lc decodableVersions:[s@73 encodingVersion!@lc encodingVersion@73 servedVersions:[s
apiVersion kind metadata!:#lk@lc metadata:#lk@73 spec!:#17@73 spec:#17@lc status!:#18@73 status:#18@lc
lastTransitionTime:d message!@sc message@3 observedGeneration:l reason! status! type!
apiVersion items!:[#14 kind metadata:#lh
=o
commonEncodingVersion conditions:[#15 storageVersions:[#13
apiVersion data!:#17@e8 data:#17@e7 kind metadata:#lk revision!:l@e7 revision:l@e8
apiVersion items!:[#19 kind metadata:#lh
apiVersion kind metadata:#lk spec!:#1e@e8 spec:#1e@e7 status:#1f
lastTransitionTime:d message reason status!@e7 status@e8 type!@e7 type@e8
apiVersion items!:[#1b kind metadata:#lh
minReadySeconds:i revisionHistoryLimit:i selector!:#lg template!:#91 updateStrategy:#1g
collisionCount:i conditions:[#1c currentNumberScheduled!:i desiredNumberScheduled!:i numberAvailable:i numberMisscheduled!:i numberReady!:i numberUnavailable:i observedGeneration:l updatedNumberScheduled:i
rollingUpdate:#1q type
apiVersion kind metadata:#lk spec!:#1k@e8 spec:#1k@e7 status:#1l
lastTransitionTime:d lastUpdateTime:d message reason status!@e7 status@e8 type!@e7 type@e8
apiVersion items!:[#1h kind metadata:#lh
minReadySeconds:i paused:b progressDeadlineSeconds:i replicas:i revisionHistoryLimit:i selector!:#lg strategy:#1g template!:#91
availableReplicas:i collisionCount:i conditions:[#1i observedGeneration:l readyReplicas:i replicas:i terminatingReplicas:i@rk unavailableReplicas:i updatedReplicas:i
apiVersion kind metadata:#lk spec!:#1o@e8 spec:#1o@e7 status:#1p
apiVersion items!:[#1m kind metadata:#lh
minReadySeconds:i replicas:i selector!:#lg template:#91
availableReplicas:i conditions:[#1c fullyLabeledReplicas:i observedGeneration:l readyReplicas:i replicas!:i terminatingReplicas:i@rk
maxSurge:x maxUnavailable:x
maxUnavailable:x partition:i
apiVersion kind metadata:#lk spec!:#1w@e8 spec:#1w@e7 status:#1x
apiVersion items!:[#1s kind metadata:#lh
start:i
whenDeleted whenScaled
minReadySeconds:i ordinals:#1u persistentVolumeClaimRetentionPolicy:#1v podManagementPolicy replicas:i revisionHistoryLimit:i selector!:#lg serviceName!@v serviceName@rk template!:#91 updateStrategy:#1y volumeClaimTemplates:[#87
availableReplicas:i collisionCount:i conditions:[#1c currentReplicas:i currentRevision observedGeneration:l readyReplicas:i replicas!:i updateRevision updatedReplicas:i
rollingUpdate:#1r type
apiVersion kind name uid
apiVersion kind metadata:#lk status:#21
userInfo:#28
apiVersion kind metadata:#lk spec!:#23@73 spec:#23@lc status:#24
attestations:{[s@e8 audiences!:[s@73 audiences:[s@lc boundObjectRef:#1z expirationSeconds:l
expirationTimestamp!:d@73 expirationTimestamp:d@lc token!@73 token@lc
apiVersion kind metadata:#lk spec!:#26 status:#27
audiences:[s token!@lc token@73
audiences:[s authenticated:b error user:#28
extra:{[s groups:[s uid username
rawSelector requirements:[#ld
apiVersion kind metadata:#lk spec!:#2j status:#2k
path verb
nonResourceURLs:[s verbs!:[s
fieldSelector:#29@s8 group labelSelector:#29@s8 name namespace resource subresource verb version
apiGroups:[s resourceNames:[s resources:[s verbs!:[s
apiVersion kind metadata:#lk spec!:#2g status:#2k
nonResourceAttributes:#2b resourceAttributes:#2d
apiVersion kind metadata:#lk spec!:#2i status:#2l
namespace
extra:{[s groups:[s nonResourceAttributes:#2b resourceAttributes:#2d uid user
allowed!:b denied:b evaluationError reason
evaluationError incomplete!:b nonResourceRules!:[#2c resourceRules!:[#2e
apiVersion kind! name!
apiVersion kind metadata:#lk spec!:#2p@lc spec:#2p@73 status:#2q
apiVersion items!:[#2n kind metadata:#lh
maxReplicas!:i minReplicas:i scaleTargetRef!:#2m targetCPUUtilizationPercentage:i
currentCPUUtilizationPercentage:i currentReplicas!:i desiredReplicas!:i lastScaleTime:d observedGeneration:l
apiVersion kind metadata:#lk spec:#2s status:#2t
replicas:i
replicas!:i selector
container! name! target!:#39
container! current!:#3a name!
metric!:#36 target!:#39
current!:#3a metric!:#36
periodSeconds!:i type! value!:i
policies:[#2y selectPolicy stabilizationWindowSeconds:i tolerance:q@rk
apiVersion kind metadata:#lk spec!:#34@lc spec:#34@73 status:#35
scaleDown:#2z scaleUp:#2z
lastTransitionTime:d message observedGeneration:l@e8 reason status! type!
apiVersion items!:[#30 kind metadata:#lh
behavior:#31 maxReplicas!:i metrics:[#37 minReplicas:i scaleTargetRef!:#2m
conditions:[#32 currentMetrics:[#38 currentReplicas:i desiredReplicas!:i lastScaleTime:d observedGeneration:l
name! selector:#lg
containerResource:#2u external:#2w object:#3b pods:#2w resource:#3d type!
containerResource:#2v external:#2x object:#3c pods:#2x resource:#3e type!
averageUtilization:i averageValue:q type! value:q
averageUtilization:i averageValue:q value:q
describedObject!:#2m metric!:#36 target!:#39
current!:#3a describedObject!:#2m metric!:#36
name! target!:#39
current!:#3a name!
apiVersion kind metadata:#lk spec!:#3h@lc spec:#3h@73 status:#3i
apiVersion items!:[#3f kind metadata:#lh
concurrencyPolicy failedJobsHistoryLimit:i jobTemplate!:#3p schedule! startingDeadlineSeconds:l successfulJobsHistoryLimit:i suspend:b timeZone
active:[#85 lastScheduleTime:d lastSuccessfulTime:d
apiVersion kind metadata:#lk spec:#3n status:#3o
lastProbeTime:d lastTransitionTime:d message reason status! type!
apiVersion items!:[#3j kind metadata:#lh
disruptionMode:#j8 resourceClaims:[#ix schedulingConstraints:#iy schedulingPolicy:#jm
activeDeadlineSeconds:l backoffLimit:i backoffLimitPerIndex:i completionMode completions:i managedBy@sc manualSelector:b maxFailedIndexes:i parallelism:i podFailurePolicy:#3q podReplacementPolicy scheduling:#3m@e8 selector:#lg successPolicy:#3u@sc suspend:b template!:#91 ttlSecondsAfterFinished:i
active:i completedIndexes completionTime:d conditions:[#3k failed:i failedIndexes ready:i startTime:d succeeded:i terminating:i uncountedTerminatedPods:#3w
metadata:#lk spec:#3n
rules!:[#3t
containerName operator! values!:[i
status!@3j status@ow type!
action! onExitCodes:#3r onPodConditions:[#3s
rules!:[#3v
succeededCount:i succeededIndexes
failed:[s succeeded:[s
apiVersion kind metadata:#lk spec!:#40 status:#41
lastTransitionTime:d lastUpdateTime:d message reason status! type!
apiVersion items!:[#3x kind metadata:#lh
expirationSeconds:i extra:{[s groups:[s request!:y signerName! uid usages:[s username
certificate:y conditions:[#3y
apiVersion kind metadata:#lk spec!:#44
apiVersion items!:[#42 kind metadata:#lh
signerName trustBundle!
apiVersion kind metadata:#lk spec!:#47 status:#48
apiVersion items!:[#45 kind metadata:#lh
maxExpirationSeconds:i nodeName! nodeUID! podName! podUID! serviceAccountName! serviceAccountUID! signerName! stubPKCS10Request!:y unverifiedUserAnnotations:{s
beginRefreshAt:d certificateChain conditions:[#lb notAfter:d notBefore:d
apiVersion kind metadata:#lk spec!:#4b status:#48
apiVersion items!:[#49 kind metadata:#lh
maxExpirationSeconds:i nodeName! nodeUID! pkixPublicKey!:y podName! podUID! proofOfPossession!:y serviceAccountName! serviceAccountUID! signerName!
apiVersion kind metadata:#lk spec!:#4e status:#48
apiVersion items!:[#4c kind metadata:#lh
maxExpirationSeconds:i nodeName! nodeUID! pkixPublicKey!:y@3k pkixPublicKey:y@lc podName! podUID! proofOfPossession!:y@3k proofOfPossession:y@lc serviceAccountName! serviceAccountUID! signerName! stubPKCS10Request!:y@lc unverifiedUserAnnotations:{s
apiVersion kind metadata:#lk spec:#4h
apiVersion items!:[#4f kind metadata:#lh
acquireTime:d holderIdentity leaseDurationSeconds:i leaseTransitions:i preferredHolder@s8 renewTime:d strategy@s8
apiVersion kind metadata:#lk spec:#4k
apiVersion items!:[#4i kind metadata:#lh
binaryVersion emulationVersion leaseName! pingTime:d preferredStrategies!:[s renewTime:d
apiVersion kind metadata:#lk spec!:#4n@lc spec:#4n@6o
apiVersion items!:[#4l kind metadata:#lh
binaryVersion! emulationVersion leaseName! pingTime:d renewTime:d strategy!
apiVersion kind metadata:#lk spec!:#4n@lc spec:#4n@68
apiVersion items!:[#4o kind metadata:#lh
fsType partition:i readOnly:b volumeID!
nodeAffinity:#7k podAffinity:#8i podAntiAffinity:#8i
localhostProfile type!:ee
devicePath! name!
cachingMode diskName! diskURI! fsType kind readOnly:b
readOnly:b secretName! secretNamespace shareName!
readOnly:b secretName! shareName!
apiVersion kind metadata:#lk target!:#85
controllerExpandSecretRef:#9w controllerPublishSecretRef:#9w driver! fsType nodeExpandSecretRef:#9w nodePublishSecretRef:#9w nodeStageSecretRef:#9w readOnly:b volumeAttributes:{s volumeHandle!
driver! fsType nodePublishSecretRef:#79 readOnly:b volumeAttributes:{s
add:[s drop:[s
monitors!:[s path readOnly:b secretFile secretRef:#9w user
monitors!:[s path readOnly:b secretFile secretRef:#79 user
fsType readOnly:b secretRef:#9w volumeID!
fsType readOnly:b secretRef:#79 volumeID!
resourceClaimName resourceClaimTemplateName
timeoutSeconds:i
labelSelector:#lg name optional:b path! signerName user:l@e8
error message status! type!
apiVersion conditions:[#58 kind metadata:#lk
apiVersion items!:[#59 kind metadata:#lh
apiVersion binaryData:{y data:{s immutable:b kind metadata:#lk
name optional:b
key! name optional:b
apiVersion items!:[#5b kind metadata:#lh
kubeletConfigKey! name! namespace! resourceVersion uid
items:[#6z name optional:b
defaultMode:i defaultUser:l@e8 items:[#6z name optional:b
args:[s command:[s env:[#66 envFrom:[#65 image imagePullPolicy:e4 lifecycle:#70 livenessProbe:#96 name! ports:[#5l readinessProbe:#96 resizePolicy:[#5m resources:#9m restartPolicy restartPolicyRules:[#5n@qo securityContext:#9y startupProbe:#96 stdin:b stdinOnce:b terminationMessagePath terminationMessagePolicy:e6 tty:b volumeDevices:[#4t volumeMounts:[#am workingDir
containerName! requestName! resourceName!
names:[s sizeBytes:l
containerPort!:i hostIP hostPort:i name protocol:e8
resourceName! restartPolicy!:eh
action! exitCodes:#5o
operator! values:[i
running:#5q terminated:#5r waiting:#5s
startedAt:d
containerID exitCode!:i finishedAt:d message reason signal:i startedAt:d
message reason
allocatedResources:{q allocatedResourcesStatus:[#9n@s8 containerID image! imageID! lastState:#5p name! ready!:b resources:#9m restartCount!:i started:b state:#5p stopSignal@rk user:#5u@s8 volumeMounts:[#an@sc
linux:#76
Port!:i
items:[#5x
fieldRef:#84 mode:i path! resourceFieldRef:#9g user:l@e8
defaultMode:i defaultUser:l@e8 items:[#5x
medium mode:i@e8 sizeLimit:q
hostname ip! nodeName targetRef:#85
appProtocol name port!:i protocol
addresses:[#60 notReadyAddresses:[#60 ports:[#61
apiVersion kind metadata:#lk subsets:[#62
apiVersion items!:[#63 kind metadata:#lh
configMapRef:#5c prefix secretRef:#5c
name! value valueFrom:#67
configMapKeyRef:#5d fieldRef:#84 fileKeyRef:#6h@qo resourceFieldRef:#9g secretKeyRef:#5d
args:[s command:[s env:[#66 envFrom:[#65 image imagePullPolicy:e5 lifecycle:#70 livenessProbe:#96 name! ports:[#5l readinessProbe:#96 resizePolicy:[#5m resources:#9m restartPolicy restartPolicyRules:[#5n@qo securityContext:#9y startupProbe:#96 stdin:b stdinOnce:b targetContainerName terminationMessagePath terminationMessagePolicy:e7 tty:b volumeDevices:[#4t volumeMounts:[#am workingDir
volumeClaimTemplate:#8b
action apiVersion count:i eventTime:d firstTimestamp:d involvedObject!:#85 kind lastTimestamp:d message metadata!:#lk reason related:#85 reportingComponent reportingInstance series:#6c source:#6d type
apiVersion items!:[#6a kind metadata:#lh
count:i lastObservedTime:d
component host
name! priority!:i
command:[s
fsType lun:i readOnly:b targetWWNs:[s wwids:[s
key! optional:b path! volumeName!
driver! fsType options:{s readOnly:b secretRef:#9w
driver! fsType options:{s readOnly:b secretRef:#79
datasetName datasetUUID
fsType partition:i pdName! readOnly:b
mode@e8 port!:i service
directory repository! revision
endpoints! endpointsNamespace path! readOnly:b
endpoints! path! readOnly:b
host httpHeaders:[#6r path port!:x protocol@e8 scheme:e9
name! value!
hostnames:[s ip!@sc ip@3
ip!@s8 ip@7
path! type:eo
chapAuthDiscovery:b chapAuthSession:b fsType initiatorName iqn! iscsiInterface lun!:i portals:[s readOnly:b secretRef:#9w targetPortal!
chapAuthDiscovery:b chapAuthSession:b fsType initiatorName iqn! iscsiInterface lun!:i portals:[s readOnly:b secretRef:#79 targetPortal!
pullPolicy reference
imageRef!
key! mode:i path! user:l@e8
postStart:#71 preStop:#71 stopSignal@rk
exec:#6f httpGet:#6q sleep:#a8@se tcpSocket:#ab
apiVersion kind metadata:#lk spec:#75
default:{q defaultRequest:{q max:{q maxLimitRequestRatio:{q min:{q type!
apiVersion items!:[#72 kind metadata:#lh
limits!:[#73
gid!:l supplementalGroups:[l uid!:l
hostname ip ipMode@se ports:[#93
ingress:[#77
name
fsType path!
status! targetVolumeAttributesClassName
path! readOnly:b server!
apiVersion kind metadata:#lk spec:#7g status:#7h
lastTransitionTime:d message reason status! type!
apiVersion items!:[#7d kind metadata:#lh
finalizers:[s
conditions:[#7e phase
apiVersion kind metadata:#lk spec:#80 status:#81
address! type!
preferredDuringSchedulingIgnoredDuringExecution:[#95 requiredDuringSchedulingIgnoredDuringExecution:#7x
name! quantity!:q
name! perContainer:q perPod:q
containers:[s mapping:[#7l@e8 overhead:[#7m@e8 resourceClaimName! resources!:{q@74
lastHeartbeatTime:d lastTransitionTime:d message reason status! type!
configMap:#5f
active:#7p assigned:#7p error lastKnownGood:#7p
kubeletEndpoint:#5v
supplementalGroupsPolicy:b
apiVersion items!:[#7i kind metadata:#lh
disableResizePreemption:[s
features:#7w name
recursiveReadOnlyMounts:b userNamespaces:b@s8
nodeSelectorTerms!:[#7z
key! operator!:ek values:[s
matchExpressions:[#7y matchFields:[#7y
configSource:#7p externalID podCIDR podCIDRs:[s podPreemptionPolicy:#7u@e8 providerID taints:[#ac unschedulable:b
addresses:[#7j allocatable:{q capacity:{q conditions:[#7o config:#7q daemonEndpoints:#7r declaredFeatures:[s@ow features:#7s@s8 images:[#5k nodeInfo:#83 phase runtimeHandlers:[#7v@sc volumesAttached:[#4t volumesInUse:[s
capacity:l
architecture! bootID! containerRuntimeVersion! kernelVersion! kubeProxyVersion! kubeletVersion! machineID! operatingSystem! osImage! runningInUserNamespace:b@e8 swap:#82@rk systemUUID!
apiVersion fieldPath!
apiVersion fieldPath kind name namespace resourceVersion uid
apiVersion kind metadata:#lk spec:#8e status:#8f
apiVersion kind metadata:#lk spec:#89 status:#8a
apiVersion items!:[#87 kind metadata:#lh
accessModes:[s dataSource:#ah dataSourceRef:#ai resources:#9m@1 resources:#aq@se selector:#lg storageClassName volumeAttributesClassName@se volumeMode volumeName
accessModes:[s allocatedResourceStatuses:{s allocatedResources:{q capacity:{q conditions:[#3k currentVolumeAttributesClassName@se healthStatus:#al@e8 modifyVolumeStatus:#7b@se phase
metadata:#lk spec!:#89
claimName! readOnly:b
apiVersion items!:[#86 kind metadata:#lh
accessModes:[s awsElasticBlockStore:#4q azureDisk:#4u azureFile:#4v capacity:{q cephfs:#51 cinder:#53 claimRef:#85 csi:#4y fc:#6g flexVolume:#6i flocker:#6k gcePersistentDisk:#6l glusterfs:#6o hostPath:#6u iscsi:#6v local:#7a mountOptions:[s nfs:#7c nodeAffinity:#ao persistentVolumeReclaimPolicy photonPersistentDisk:#8g portworxVolume:#94 quobyte:#98 rbd:#99 scaleIO:#9p storageClassName storageos:#a9 volumeAttributesClassName@se volumeMode vsphereVolume:#as
lastPhaseTransitionTime:d message phase reason
fsType pdID!
apiVersion kind metadata:#lk spec:#8x status:#8y
preferredDuringSchedulingIgnoredDuringExecution:[#at requiredDuringSchedulingIgnoredDuringExecution:[#8j
labelSelector:#lg matchLabelKeys:[s@se mismatchLabelKeys:[s@se namespaceSelector:#lg namespaces:[s topologyKey!
certificateChainPath credentialBundlePath keyPath keyType! maxExpirationSeconds:i signerName! user:l@e8 userAnnotations:{s@ow
lastProbeTime:d lastTransitionTime:d message observedGeneration:l@rk reason status! type!
nameservers:[s options:[#8n searches:[s
name value
requestMappings!:[#5j resourceClaimName!
apiVersion items!:[#8h kind metadata:#lh
name!:e3
conditionType!
name! resourceClaimName@s8 resourceClaimTemplateName@s8 source:#55@7
name! resourceClaimName
name!
podGroupName
appArmorProfile:#4s@sc fsGroup:l fsGroupChangePolicy:ef runAsGroup:l runAsNonRoot:b runAsUser:l seLinuxChangePolicy@s0 seLinuxOptions:#9o seccompProfile:#9t supplementalGroups:[l supplementalGroupsPolicy:eg@s8 sysctls:[#6r windowsOptions:#au
activeDeadlineSeconds:l affinity:#4r automountServiceAccountToken:b containers!:[#5i dnsConfig:#8m dnsPolicy:e1 enableServiceLinks:b ephemeralContainers:[#68 evictionResponders:[#6e@e8 hostAliases:[#6s hostIPC:b hostNetwork:b hostPID:b hostUsers:b hostname hostnameOverride@qo imagePullSecrets:[#79 initContainers:[#5i nodeName nodeSelector:{s os:#8q overhead:{q preemptionPolicy:e2 priority:i priorityClassName readinessGates:[#8r resourceClaims:[#8s resources:#9m@s0 restartPolicy:e0 runtimeClassName schedulerName schedulingGates:[#8u schedulingGroup:#8v@lc securityContext:#8w serviceAccount serviceAccountName setHostnameAsFQDN:b shareProcessNamespace:b subdomain terminationGracePeriodSeconds:l tolerations:[#ad topologySpreadConstraints:[#ag volumes:[#aj workloadRef:#av@3k
allocatedResources:{q@ow conditions:[#8l containerStatuses:[#5t ephemeralContainerStatuses:[#5t extendedResourceClaimStatus:#8o@qo hostIP hostIPs:[#6t initContainerStatuses:[#5t message nodeAllocatableResourceClaimStatuses:[#7n@lc nominatedNodeName observedGeneration:l@rk phase podIP podIPs:[#6t qosClass reason resize resourceClaimStatuses:[#8t resources:#9m@ow startTime:d volumeHealth:[#92@e8
apiVersion kind metadata:#lk template:#91
apiVersion items!:[#8z kind metadata:#lh
metadata:#lk spec:#8x
healthConditions:[#ak lastTransitionTime:d name!
error port!:i protocol!
fsType readOnly:b volumeID!
preference!:#7z weight!:i
exec:#6f failureThreshold:i grpc:#6m httpGet:#6q initialDelaySeconds:i periodSeconds:i successThreshold:i tcpSocket:#ab terminationGracePeriodSeconds:l timeoutSeconds:i
defaultMode:i defaultUser:l@e8 sources:[#ap
group readOnly:b registry! tenant user volume!
fsType image! keyring monitors!:[s pool readOnly:b secretRef:#9w user
fsType image! keyring monitors!:[s pool readOnly:b secretRef:#79 user
apiVersion kind metadata:#lk spec:#9d status:#9e
apiVersion items!:[#9b kind metadata:#lh
minReadySeconds:i replicas:i selector:{s template:#91
availableReplicas:i conditions:[#7e fullyLabeledReplicas:i observedGeneration:l readyReplicas:i replicas!:i
name! request@s8
containerName divisor:q resource!
health message@lc resourceID!
apiVersion kind metadata:#lk spec:#9k status:#9l
apiVersion items!:[#9i kind metadata:#lh
hard:{q scopeSelector:#9r scopes:[s
hard:{q used:{q
claims:[#9f limits:{q requests:{q
name! resources:[#9h
level role type user
fsType gateway! protectionDomain readOnly:b secretRef!:#9w sslEnabled:b storageMode storagePool system! volumeName
fsType gateway! protectionDomain readOnly:b secretRef!:#79 sslEnabled:b storageMode storagePool system! volumeName
matchExpressions:[#9s
operator! scopeName! values:[s
localhostProfile type!:ed
apiVersion data:{y immutable:b kind metadata:#lk stringData:{s type
apiVersion items!:[#9u kind metadata:#lh
name namespace
defaultMode:i defaultUser:l@e8 items:[#6z optional:b secretName
allowPrivilegeEscalation:b appArmorProfile:#4s@sc capabilities:#50 privileged:b procMount:ec readOnlyRootFilesystem:b runAsGroup:l runAsNonRoot:b runAsUser:l seLinuxOptions:#9o seccompProfile:#9t windowsOptions:#au
apiVersion kind metadata:#lk spec:#a5 status:#a6
apiVersion automountServiceAccountToken:b imagePullSecrets:[#79 kind metadata:#lk secrets:[#85
apiVersion items!:[#a0 kind metadata:#lh
audience expirationSeconds:l path! user:l@e8
apiVersion items!:[#9z kind metadata:#lh
appProtocol name nodePort:i port!:i protocol targetPort:x
allocateLoadBalancerNodePorts:b clusterIP clusterIPs:[s externalIPs:[s externalName externalTrafficPolicy healthCheckNodePort:i internalTrafficPolicy ipFamilies:[s ipFamilyPolicy loadBalancerClass loadBalancerIP loadBalancerSourceRanges:[s ports:[#a4 publishNotReadyAddresses:b selector:{s sessionAffinity sessionAffinityConfig:#a7 trafficDistribution@sc type
conditions:[#lb loadBalancer:#78
clientIP:#56
seconds!:l
fsType readOnly:b secretRef:#85 volumeName volumeNamespace
fsType readOnly:b secretRef:#79 volumeName volumeNamespace
host port!:x
effect! key! timeAdded:d value
effect:ej key operator:ei tolerationSeconds:l value
key! values!:[s
matchLabelExpressions:[#ae
labelSelector:#lg matchLabelKeys:[s maxSkew!:i minDomains:i nodeAffinityPolicy:em nodeTaintsPolicy:en topologyKey! whenUnsatisfiable!:el
apiGroup kind! name!
apiGroup kind! name! namespace
awsElasticBlockStore:#4q azureDisk:#4u azureFile:#4w cephfs:#52 cinder:#54 configMap:#5h csi:#4z downwardAPI:#5y emptyDir:#5z ephemeral:#69 fc:#6g flexVolume:#6j flocker:#6k gcePersistentDisk:#6l gitRepo:#6n glusterfs:#6p hostPath:#6u image:#6x@s8 iscsi:#6w name! nfs:#7c persistentVolumeClaim:#8c photonPersistentDisk:#8g portworxVolume:#94 projected:#97 quobyte:#98 rbd:#9a scaleIO:#9q secret:#9x storageos:#aa vsphereVolume:#as
message reason! status!
healthConditions:[#ak lastTransitionTime:d
bindMountOptions:[s@e8 mountPath! mountPropagation:ea name! readOnly:b recursiveReadOnly:eb@sc subPath subPathExpr
mountPath! name! readOnly:b recursiveReadOnly volumeStatus:#ar@lc
required:#7x
clusterTrustBundle:#57@se configMap:#5g downwardAPI:#5w podCertificate:#8k@qo secret:#5g serviceAccountToken:#a2
limits:{q requests:{q
image:#6y
fsType storagePolicyID storagePolicyName volumePath!
podAffinityTerm!:#8j weight!:i
gmsaCredentialSpec gmsaCredentialSpecName hostProcess:b runAsUserName
name! podGroup! podGroupReplicaKey
addresses!:[s conditions:#ax deprecatedTopology:{s hints:#ay hostname nodeName targetRef:#85 zone
ready:b serving:b terminating:b
forNodes:[#8u@rk forZones:[#8u
appProtocol name port:i protocol
addressType! apiVersion endpoints!:[#aw@73 endpoints:[#aw@lc kind metadata:#lk ports:[#az
apiVersion items!:[#b0 kind metadata:#lh
action apiVersion deprecatedCount:i deprecatedFirstTimestamp:d deprecatedLastTimestamp:d deprecatedSource:#6d eventTime!:d kind metadata:#lk note reason regarding:#85 related:#85 reportingController reportingInstance series:#b4 type
apiVersion items!:[#b2 kind metadata:#lh
count!:i lastObservedTime!:d
lendablePercent:i nominalConcurrencyShares:i
type!
apiVersion kind metadata:#lk spec!:#ba@e8 spec:#ba@e6 status:#bb
lastTransitionTime:d message reason status type!@e8 type@e6
apiVersion items!:[#b7 kind metadata:#lh
distinguisherMethod:#b6 matchingPrecedence:i priorityLevelConfiguration!:#8u rules:[#bf
conditions:[#b8
queuing:#bj type!
borrowingLimitPercent:i lendablePercent:i limitResponse!:#bc@e8 limitResponse:#bc@e6 nominalConcurrencyShares:i
nonResourceURLs!:[s verbs!:[s
nonResourceRules:[#be resourceRules:[#bk subjects!:[#bm
apiVersion kind metadata:#lk spec!:#bi@e8 spec:#bi@e6 status:#bb
apiVersion items!:[#bg kind metadata:#lh
exempt:#b5 limited:#bd type!
handSize:i queueLengthLimit:i queues:i
apiGroups!:[s clusterScope:b namespaces:[s resources!:[s verbs!:[s
name! namespace!
group:#8u kind! serviceAccount:#bl user:#8u
apiVersion kind metadata:#lk spec:#ba status:#bq
lastTransitionTime:d message reason status type
apiVersion items!:[#bn kind metadata:#lh
conditions:[#bo
assuredConcurrencyShares:i borrowingLimitPercent:i lendablePercent:i limitResponse:#bc
apiVersion kind metadata:#lk spec:#bu status:#bq
apiVersion items!:[#bs kind metadata:#lh
exempt:#b5 limited:#br type!
borrowingLimitPercent:i lendablePercent:i limitResponse:#bc nominalConcurrencyShares:i
apiVersion kind metadata:#lk spec:#by status:#bq
apiVersion items!:[#bw kind metadata:#lh
exempt:#b5 limited:#bv type!
apiVersion kind metadata:#lk spec!:#c7 status:#c8
apiVersion items!:[#bz kind metadata:#lh
name! uid!
apiVersion kind metadata:#lk spec!:#c4 status:#c5
apiVersion items!:[#c2 kind metadata:#lh
intent! requester! target!:#c6
conditions:[#lb observedGeneration:l
pod:#c1
target!:#c6
conditions:[#lb observedGeneration:l requesters:[#c9 responders:[#ca targetResponders:[#cb
intent! name!
completionTime:d expectedCompletionTime:d heartbeatTime:d message name! startTime:d
name! priority!:i state!
backend!:#cj path pathType!
paths!:[#cc
apiVersion kind metadata:#lk spec!:#cg@lc spec:#cg@68
apiVersion items!:[#ce kind metadata:#lh
parentRef!:#d3
cidr! except:[s
apiVersion kind metadata:#lk spec:#ct status:#cu
resource:#ah service:#cs
apiVersion kind metadata:#lk spec:#cn
apiVersion items!:[#ck kind metadata:#lh
apiGroup kind! name! namespace scope
controller parameters:#cm
apiVersion items!:[#ci kind metadata:#lh
hostname ip ports:[#93
ingress:[#cp
host http:#cd
name! port:#d4
defaultBackend:#cj ingressClassName rules:[#cr tls:[#cv
loadBalancer:#cq
hosts:[s secretName
apiVersion kind metadata:#lk spec:#d2
ports:[#d1 to:[#d0
from:[#d0 ports:[#d1
apiVersion items!:[#cw kind metadata:#lh
ipBlock:#ch namespaceSelector:#lg podSelector:#lg
endPort:i port:x protocol
egress:[#cx ingress:[#cy podSelector!:#lg@1r podSelector:#lg@qo policyTypes:[s
group name! namespace resource!
name number:i
apiVersion kind metadata:#lk spec:#d7 status:#d8
apiVersion items!:[#d5 kind metadata:#lh
cidrs:[s
conditions:[#lb
apiVersion kind metadata:#lk spec:#db
apiVersion items!:[#d9 kind metadata:#lh
ipv4 ipv6 nodeSelector:#7x perNodeHostBits!:i
apiVersion kind metadata:#lk spec:#de
apiVersion items!:[#dc kind metadata:#lh
parentRef!:#df@4 parentRef:#df@3
group name!@4 name@3 namespace resource!@4 resource@3 uid@1
apiVersion kind metadata:#lk spec!:#cg@74 spec:#cg@6w
apiVersion items!:[#dg kind metadata:#lh
podFixed:{q
apiVersion handler! kind metadata:#lk overhead:#di scheduling:#dl
apiVersion items!:[#dj kind metadata:#lh
nodeSelector:{s tolerations:[#ad
apiVersion deleteOptions:#lc kind metadata:#lk
apiVersion kind metadata:#lk spec:#dp status:#dq
apiVersion items!:[#dn kind metadata:#lh
maxUnavailable:x minAvailable:x selector:#lg unhealthyPodEvictionPolicy
conditions:[#lb currentHealthy!:i@73 currentHealthy:i@lc desiredHealthy!:i@73 desiredHealthy:i@lc disruptedPods:{d disruptionsAllowed!:i@73 disruptionsAllowed:i@lc expectedPods!:i@73 expectedPods:i@lc observedGeneration:l
clusterRoleSelectors:[#lg
aggregationRule:#dr apiVersion kind metadata:#lk rules:[#dw
apiVersion kind metadata:#lk roleRef!:#dz subjects:[#ai
apiVersion items!:[#dt kind metadata:#lh
apiVersion items!:[#ds kind metadata:#lh
apiGroups:[s nonResourceURLs:[s resourceNames:[s resources:[s verbs!:[s
apiVersion kind metadata:#lk rules:[#dw
apiVersion items!:[#dx kind metadata:#lh
apiGroup!@73 apiGroup@lc kind! name!
conditions:[#lb data:#17 device! driver! networkData:#ev pool! shareID
allocationTimestamp:d devices:#ea nodeSelector:#7x
expression!
default:q validRange:#e4 validValues:[q
max:q min!:q step:q
requests:{q
value!:q
counters!:{#e6 name!
allNodes:b allowMultipleAllocations:b attributes:{#eb bindingConditions:[s bindingFailureConditions:[s bindsToNode:b capacity:{#ec consumesCounters:[#ek name! nodeAllocatableResourceMappings:{#ez@74 nodeAllocatableResources:{#ey@e8 nodeName nodeSelector:#7x taints:[#ac
opaque:#f0 requests:[s source!
config:[#e9 results:[#em
bool:b bools:[b@lc int:l ints:[l@lc string strings:[s@lc version versions:[s@lc
requestPolicy:#e3 value!:q
config:[#ee constraints:[#ej requests:[#el
opaque:#f0 requests:[s
apiVersion kind metadata:#lk spec!:#ei@cg spec:#ei@e8
opaque:#f0
apiVersion items!:[#ef kind metadata:#lh
config:[#eg extendedResourceName selectors:[#en
distinctAttribute matchAttribute requests:[s
compatibilityGroups:[s@e8 counterSet! counters!:{#e6
exactly:#eu firstAvailable:[#eo name!
adminAccess:b bindingConditions:[s bindingFailureConditions:[s consumedCapacity:{q device! driver! pool! request! shareID skipNodeOperations:[s@e8 tolerations:[#et
cel:#e2
allocationMode capacity:#e5 count:l derivedAttributes:[#3@e8 deviceClassName! name! selectors:[#en tolerations:[#et
apiVersion kind metadata:#lk spec!:#er status:#d8
apiVersion items!:[#ep kind metadata:#lh
deviceSelector:#es taint!:#ac
device driver pool
effect key operator tolerationSeconds:l value
adminAccess:b allocationMode capacity:#e5 count:l derivedAttributes:[#3@e8 deviceClassName! selectors:[#en tolerations:[#et
hardwareAddress interfaceName ips:[s
capacityKey capacityMultiplier:q deviceMultiplier:q
perContainer:q perPod:q
mapping:#ew overhead:#ex
allocationMultiplier:q capacityKey
driver! parameters!:#17
apiVersion kind metadata:#lk spec!:#f4@cg spec:#f4@e8 status:#f5
apiGroup name! resource! uid!
apiVersion items!:[#f1 kind metadata:#lh
devices:#ed
allocation:#e1 devices:[#e0 reservedFor:[#f2
apiVersion kind metadata:#lk spec!:#f8@cg spec:#f8@e8
apiVersion items!:[#f6 kind metadata:#lh
metadata:#lk spec!:#f4@cg spec:#f4@e8
generation!:l name! resourceSliceCount!:l
apiVersion kind metadata:#lk spec!:#fc
apiVersion items!:[#fa kind metadata:#lh
allNodes:b devices:[#e8 driver! nodeName nodeSelector:#7x partitionTypeAttribute@e8 perDeviceNodeSelection:b pool!:#f9 sharedCounters:[#e7 skipNodeOperations:[s@e8
availableOnNodes:#7x resourceHandles:[#g5 shareable:b
namedResources:#8u vendorRequestParameters:#17
driverName requests:[#g6 vendorParameters:#17
bool:b int:l intSlice:#fj name! quantity:q string stringSlice:#fl version
selector!
attributes:[#fg name!
ints!:[l
instances!:[#fi
strings!:[s
apiVersion kind metadata:#lk spec!:#fo status:#fp
apiVersion items!:[#fm kind metadata:#lh
potentialNodes:[s selectedNode
resourceClaims:[#fu
apiVersion kind metadata:#lk spec!:#fv status:#fw
apiVersion items!:[#fq kind metadata:#lh
apiVersion driverRequests:[#ff generatedFrom:#ah kind metadata:#lk shareable:b
apiVersion items!:[#fs kind metadata:#lh
name unsuitableNodes:[s
allocationMode parametersRef:#ah resourceClassName!
allocation:#fd deallocationRequested:b driverName reservedFor:[#f2
apiVersion kind metadata:#lk spec!:#fz
apiVersion items!:[#fx kind metadata:#lh
metadata:#lk spec!:#fv
apiVersion driverName! kind metadata:#lk parametersRef:#ai structuredParameters:b@4 suitableNodes:#7x
apiVersion items!:[#g0 kind metadata:#lh
apiVersion filters:[#g4 generatedFrom:#ai kind metadata:#lk vendorParameters:[#ga
apiVersion items!:[#g2 kind metadata:#lh
driverName namedResources:#fh
data driverName structuredData:#g9@4
namedResources:#fh vendorParameters:#17
apiVersion driverName! kind metadata:#lk namedResources:#fk nodeName
apiVersion items!:[#g7 kind metadata:#lh
nodeName results!:[#fe vendorClaimParameters:#17 vendorClassParameters:#17
driverName parameters:#17
conditions:[#lb data:#17 device! driver! networkData:#ev pool!
controller@8 devices:#gf nodeSelector:#7x
allNodes:b@w attributes:{#gg capacity:{q consumesCounters:[#gm@w nodeName@w nodeSelector:#7x@w taints:[#ac@w
basic:#gd name!
config:[#e9 results:[#go
bool:b int:l string version
config:[#ee constraints:[#gl requests:[#gn
apiVersion kind metadata:#lk spec!:#gk
apiVersion items!:[#gi kind metadata:#lh
config:[#eg selectors:[#en suitableNodes:#7x@8
matchAttribute requests:[s
counterSet! counters!:{#e6
adminAccess:b allocationMode count:l deviceClassName!@o deviceClassName@w firstAvailable:[#gp@w name! selectors:[#en tolerations:[#et@w
adminAccess:b@1c device! driver! pool! request! tolerations:[#et@w
allocationMode count:l deviceClassName! name! selectors:[#en tolerations:[#et
apiVersion kind metadata:#lk spec!:#gs status:#d8@ow
apiVersion items!:[#gq kind metadata:#lh
deviceSelector:#gt taint!:#ac
device deviceClassName@2o driver pool selectors:[#en@2o
allocatable!:i attribute! total!:i type!
apiVersion kind metadata:#lk spec!:#fo status:#gx
apiVersion items!:[#gv kind metadata:#lh
resourceClaims:[#h1
allocatedDevices:i availableDevices:i driver! generation!:l nodeName partitionSummary:[#gu@e8 poolName! resourceSliceCount:i shareableSummary:#hf@e8 totalDevices:i unavailableDevices:i validationError
apiVersion kind metadata:#lk spec!:#h2 status:#h3
apiVersion items!:[#gz kind metadata:#lh
name! unsuitableNodes:[s
controller@8 devices:#gh
allocation:#gc deallocationRequested:b@8 devices:[#gb@1c reservedFor:[#f2
apiVersion kind metadata:#lk spec!:#h6
apiVersion items!:[#h4 kind metadata:#lh
metadata:#lk spec!:#h2
apiVersion kind metadata!:#lk spec!:#h9 status:#ha
apiVersion items!:[#h7 kind metadata:#lh
defaultPartitionTypeAttribute@e8 driver! limit:i poolName
conditions:[#lb poolCount!:i pools:[#gy
apiVersion kind metadata:#lk spec!:#hd
apiVersion items!:[#hb kind metadata:#lh
allNodes:b devices:[#ge driver! nodeName nodeSelector:#7x perDeviceNodeSelection:b@w pool!:#f9 sharedCounters:[#e7@w
available!:q consumed!:q name! total!:q
capacity:[#he fullyAvailableDevices!:i partiallyAvailableDevices!:i
conditions:[#lb data:#17 device! driver! networkData:#ev pool! shareID@qo
allocationTimestamp:d@qo devices:#hk nodeSelector:#7x
allNodes:b@rk allowMultipleAllocations:b@qo attributes:{#eb bindingConditions:[s@qo bindingFailureConditions:[s@qo bindsToNode:b@qo capacity:{#hl consumesCounters:[#ek@rk nodeAllocatableResourceMappings:{#ez@74 nodeAllocatableResources:{#ey@e8 nodeName@rk nodeSelector:#7x@rk taints:[#ac@rk
basic:#hi name!
config:[#e9 results:[#hs
requestPolicy:#e3@qo value!:q
config:[#ee constraints:[#hq requests:[#hr
apiVersion kind metadata:#lk spec!:#hp@ds spec:#hp@e8
apiVersion items!:[#hn kind metadata:#lh
config:[#eg extendedResourceName@qo selectors:[#en
distinctAttribute@qo matchAttribute requests:[s
adminAccess:b allocationMode capacity:#e5@qo count:l derivedAttributes:[#3@e8 deviceClassName!@g deviceClassName@rk firstAvailable:[#ht@rk name! selectors:[#en tolerations:[#et@rk
adminAccess:b bindingConditions:[s@qo bindingFailureConditions:[s@qo consumedCapacity:{q@qo device! driver! pool! request! shareID@qo skipNodeOperations:[s@e8 tolerations:[#et@rk
allocationMode capacity:#e5@qo count:l derivedAttributes:[#3@e8 deviceClassName! name! selectors:[#en tolerations:[#et
apiVersion kind metadata:#lk spec!:#hw@ds spec:#hw@e8 status:#hx
apiVersion items!:[#hu kind metadata:#lh
devices:#hm
allocation:#hh devices:[#hg reservedFor:[#f2
apiVersion kind metadata:#lk spec!:#i0@ds spec:#i0@e8
apiVersion items!:[#hy kind metadata:#lh
metadata:#lk spec!:#hw@ds spec:#hw@e8
apiVersion kind metadata:#lk spec!:#i3
apiVersion items!:[#i1 kind metadata:#lh
allNodes:b devices:[#hj driver! nodeName nodeSelector:#7x partitionTypeAttribute@e8 perDeviceNodeSelection:b@rk pool!:#f9 sharedCounters:[#e7@rk skipNodeOperations:[s@e8
allocationTimestamp:d@qo devices:#i6 nodeSelector:#7x
allNodes:b allowMultipleAllocations:b@qo attributes:{#eb bindingConditions:[s@qo bindingFailureConditions:[s@qo bindsToNode:b@qo capacity:{#hl consumesCounters:[#ek name! nodeAllocatableResourceMappings:{#ez@74 nodeAllocatableResources:{#ey@e8 nodeName nodeSelector:#7x taints:[#ac
config:[#e9 results:[#ib
config:[#ee constraints:[#hq requests:[#ia
apiVersion kind metadata:#lk spec!:#hp@dc spec:#hp@e8
apiVersion items!:[#i8 kind metadata:#lh
exactly:#ic firstAvailable:[#ht name!
adminAccess:b bindingConditions:[s@qo bindingFailureConditions:[s@qo consumedCapacity:{q@qo device! driver! pool! request! shareID@qo skipNodeOperations:[s@e8 tolerations:[#et
adminAccess:b allocationMode capacity:#e5@qo count:l derivedAttributes:[#3@e8 deviceClassName! selectors:[#en tolerations:[#et
apiVersion kind metadata:#lk spec!:#if@dc spec:#if@e8 status:#ig
apiVersion items!:[#id kind metadata:#lh
devices:#i7
allocation:#i4 devices:[#hg reservedFor:[#f2
apiVersion kind metadata:#lk spec!:#ij@dc spec:#ij@e8
apiVersion items!:[#ih kind metadata:#lh
metadata:#lk spec!:#if@dc spec:#if@e8
apiVersion kind metadata:#lk spec!:#im
apiVersion items!:[#ik kind metadata:#lh
allNodes:b devices:[#i5 driver! nodeName nodeSelector:#7x partitionTypeAttribute@e8 perDeviceNodeSelection:b pool!:#f9 sharedCounters:[#e7 skipNodeOperations:[s@e8
apiVersion description globalDefault:b kind metadata:#lk preemptionPolicy value!:i@73 value:i@lc
apiVersion items!:[#in kind metadata:#lh
minCount!:i
name! policy!:#ir
basic:#17 gang:#ip
apiVersion kind metadata:#lk spec!:#iu
apiVersion items!:[#is kind metadata:#lh
controllerRef:#ah podGroups!:[#iq
apiVersion kind metadata:#lk spec!:#iz status:#j0
apiVersion items!:[#iv kind metadata:#lh
name! resourceClaimName resourceClaimTemplateName
topology:[#j3
disruptionMode podGroupTemplateRef:#j2 priority:i priorityClassName resourceClaims:[#ix schedulingConstraints:#iy schedulingPolicy!:#ir
conditions:[#lb resourceClaimStatuses:[#8t
disruptionMode name! priority:i priorityClassName resourceClaims:[#ix schedulingConstraints:#iy schedulingPolicy!:#ir
workload:#j6
key!
apiVersion kind metadata:#lk spec!:#j7
apiVersion items!:[#j4 kind metadata:#lh
podGroupTemplateName! workloadName!
controllerRef:#ah podGroupTemplates!:[#j1
all:#17 single:#17
minGroupCount!:i
apiVersion kind metadata:#lk spec!:#jd status:#d8
apiVersion items!:[#ja kind metadata:#lh
basic:#17 gang:#j9
disruptionMode:#j8 parentCompositePodGroupName preemptionPolicy priority:i priorityClassName schedulingConstraints:#iy schedulingPolicy!:#jc workloadRef!:#jn
compositePodGroupTemplates:[#je disruptionMode:#j8 name! podGroupTemplates:[#ji preemptionPolicy priority:i priorityClassName schedulingConstraints:#iy schedulingPolicy!:#jc
apiVersion kind metadata:#lk spec!:#jh status:#j0
apiVersion items!:[#jf kind metadata:#lh
disruptionMode:#j8 parentCompositePodGroupName preemptionPolicy priority:i priorityClassName resourceClaims:[#ix schedulingConstraints:#iy schedulingPolicy!:#ir workloadRef:#jn
disruptionMode:#j8 name! preemptionPolicy priority:i priorityClassName resourceClaims:[#ix schedulingConstraints:#iy schedulingPolicy!:#ir
apiVersion kind metadata:#lk spec!:#jo
apiVersion items!:[#jj kind metadata:#lh
minCount:i
basic:#17 gang:#jl
templateName! workloadName!
compositePodGroupTemplates:[#je controllerRef:#ah podGroupTemplates:[#ji
apiVersion kind metadata:#lk spec!:#jr
apiVersion items!:[#jp kind metadata:#lh
attachRequired:b fsGroupPolicy nodeAllocatableUpdatePeriodSeconds:l@rk podInfoOnMount:b preventPodSchedulingIfMissing:b@lc requiresRepublish:b seLinuxMount:b serviceAccountTokenInSecrets:b@ow storageCapacity:b tokenRequests:[#k3 volumeLifecycleModes:[s
apiVersion kind metadata:#lk spec!:#jv status:#jw@e8
allocatable:#kc name! nodeID! topologyKeys:[s
apiVersion items!:[#js kind metadata:#lh
drivers!:[#jt
storageHealth:[#k1
apiVersion capacity:q kind maximumVolumeSize:q metadata:#lk nodeTopology:#lg storageClassName!
apiVersion items!:[#jx kind metadata:#lh
allowVolumeExpansion:b allowedTopologies:[#af apiVersion kind metadata:#lk mountOptions:[s parameters:{s provisioner! reclaimPolicy volumeBindingMode
apiVersion items!:[#jz kind metadata:#lh
healthConditions:[#k2 name!
accessMode lastTransitionTime:d message reason! status! volumeMode
audience! expirationSeconds:l
apiVersion kind metadata:#lk spec!:#k7 status:#k8
apiVersion items!:[#k4 kind metadata:#lh
inlineVolumeSpec:#8e persistentVolumeName
attacher! nodeName! source!:#k6
attachError:#kb attached!:b attachmentMetadata:{s detachError:#kb
apiVersion driverName! kind metadata:#lk parameters:{s
apiVersion items!:[#k9 kind metadata:#lh
errorCode:i@rk message time:d
count:i
apiVersion kind metadata:#lk spec:#kf status:#kg
apiVersion items!:[#kd kind metadata:#lh
resource!:#le
conditions:[#lb resourceVersion
group resource version
lastUpdateTime:d message reason status! type!
apiVersion kind metadata:#lk spec:#kl status:#km
apiVersion items!:[#kj kind metadata:#lh
continueToken resource!:#kh
conditions:[#ki resourceVersion
description format jsonPath! name! priority:i type!
strategy! webhook:#l4
apiVersion kind metadata:#lk spec!:#kt status:#ku
lastTransitionTime:d message observedGeneration:l@ow reason status! type!
apiVersion items!:[#kp kind metadata:#lh
categories:[s kind! listKind plural! shortNames:[s singular
conversion:#ko group! names!:#ks preserveUnknownFields:b scope! versions!:[#kv
acceptedNames:#ks conditions:[#kq observedGeneration:l@ow storedVersions:[s
additionalPrinterColumns:[#kn deprecated:b deprecationWarning name! schema:#ky selectableFields:[#l2@sc served!:b storage!:b subresources:#kx
labelSelectorPath specReplicasPath! statusReplicasPath!
scale:#kw status:#17
openAPIV3Schema:#l1
description url
=a
$ref $schema additionalItems:#l0 additionalProperties:#l0 allOf:[#l1 anyOf:[#l1 default:#l0 definitions:{#l1 dependencies:{#l0 description enum:[#l0 example:#l0 exclusiveMaximum:b exclusiveMinimum:b externalDocs:#kz format id items:#l0 maxItems:l maxLength:l maxProperties:l maximum:n minItems:l minLength:l minProperties:l minimum:n multipleOf:n not:#l1 nullable:b oneOf:[#l1 pattern patternProperties:{#l1 properties:{#l1 required:[s title type uniqueItems:b x-kubernetes-embedded-resource:b x-kubernetes-int-or-string:b x-kubernetes-list-map-keys:[s x-kubernetes-list-type x-kubernetes-map-type x-kubernetes-preserve-unknown-fields:b x-kubernetes-validations:[#l3
jsonPath!
fieldPath message messageExpression optionalOldSelf:b@se reason rule!
clientConfig:#w conversionReviewVersions!:[s
=q
apiVersion kind name! preferredVersion:#lf serverAddressByClientCIDRs:[#ln versions!:[#lf
apiVersion groups!:[#l6 kind
categories:[s group kind! name! namespaced!:b shortNames:[s singularName! storageVersionHash verbs!:[s version
apiVersion groupVersion! kind resources!:[#l8
apiVersion kind serverAddressByClientCIDRs!:[#ln versions!:[s
lastTransitionTime!:d message! observedGeneration:l reason! status! type!
apiVersion dryRun:[s gracePeriodSeconds:l ignoreStoreReadErrorWithClusterBreakingPotential:b@s0 kind orphanDependents:b preconditions:#lm propagationPolicy
key! operator! values:[s
group! resource!
groupVersion! version!
matchExpressions:[#ld matchLabels:{s
continue remainingItemCount:l resourceVersion selfLink shardInfo:#fh@lc
apiVersion fieldsType fieldsV1:#17 manager operation subresource time:d
=d
annotations:{s creationTimestamp:d deletionGracePeriodSeconds:l deletionTimestamp:d finalizers:[s generateName generation:l labels:{s managedFields:[#li name namespace ownerReferences:[#ll resourceVersion selfLink uid
apiVersion! blockOwnerDeletion:b controller:b kind! name! uid!
resourceVersion uid
clientCIDR! serverAddress!
apiVersion code:i details:#lq kind message metadata:#lh reason status
field message reason
causes:[#lp group kind name retryAfterSeconds:i uid
=x
apiVersion kind metadata:#lk spec:#lu status:#lv
apiVersion items!:[#ls kind metadata:#lh
caBundle:y group groupPriorityMinimum!:i insecureSkipTLSVerify:b service:#lw version versionPriority!:i
conditions:[#7e
name namespace port:i
`;
