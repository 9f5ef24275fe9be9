/**
 * A template as vSphere users have it: kube-vip and its hosts file in `files`, a script that exchanges the
 * kubeconfig, and a command that runs all scripts. With comments, and with things that are not kube-vip's.
 */
export const vSphereTemplate = `# A template as vSphere users have it.
apiVersion: cluster.x-k8s.io/v1beta1
kind: Cluster
metadata:
  name: '\${CLUSTER_NAME}'
---
apiVersion: controlplane.cluster.x-k8s.io/v1beta1
kind: KubeadmControlPlane
metadata:
  name: '\${CLUSTER_NAME}'
  namespace: '\${NAMESPACE}'
spec:
  kubeadmConfigSpec:
    clusterConfiguration: # ours
      controllerManager:
        extraArgs:
          cloud-provider: external
    files:
    # the virtual IP
    - content: |
        apiVersion: v1
        kind: Pod
        metadata:
          creationTimestamp: null
          name: kube-vip
          namespace: kube-system
        spec:
          containers:
          - args:
            - manager
            env:
            - name: vip_arp
              value: "true"
            - name: vip_interface
              value: \${VIP_NETWORK_INTERFACE:=""}
            - name: svc_enable
              value: "true"
            - name: address
              value: \${CONTROL_PLANE_ENDPOINT_IP}
            image: ghcr.io/kube-vip/kube-vip:v0.6.4
            name: kube-vip
            volumeMounts:
            - mountPath: /etc/kubernetes/admin.conf
              name: kubeconfig
            - mountPath: /etc/hosts
              name: etchosts
          hostNetwork: true
          volumes:
          - hostPath:
              path: /etc/kubernetes/admin.conf
            name: kubeconfig
          - hostPath:
              path: /etc/kube-vip.hosts
              type: File
            name: etchosts
        status: {}
      owner: root:root
      path: /etc/kubernetes/manifests/kube-vip.yaml
      permissions: "0644"

    # the name that kube-vip asks for
    - content: 127.0.0.1 localhost kubernetes
      owner: root:root
      path: /etc/kube-vip.hosts
      permissions: "0644"
    - content: |
        #!/bin/bash
        set -e
        if [[ -f /run/kubeadm/kubeadm.yaml ]]; then
          sed -i 's#path: /etc/kubernetes/admin.conf#path: /etc/kubernetes/super-admin.conf#' \\
            /etc/kubernetes/manifests/kube-vip.yaml
        fi
      owner: root:root
      path: /etc/pre-kubeadm-commands/50-kube-vip-prepare.sh
      permissions: "0700"
    # somebody's own
    - {path: /etc/motd, content: hello, owner: root:root}
    initConfiguration:
      nodeRegistration:
        criSocket: /var/run/containerd/containerd.sock
        kubeletExtraArgs:
          cloud-provider: external
        name: '{{ local_hostname }}'
    joinConfiguration:
      nodeRegistration:
        criSocket: /var/run/containerd/containerd.sock
        name: '{{ local_hostname }}'
    preKubeadmCommands:
    - hostnamectl set-hostname "{{ ds.meta_data.hostname }}"
    - mkdir -p /etc/pre-kubeadm-commands
    - for script in $(find /etc/pre-kubeadm-commands/ -name '*.sh' -type f | sort);
      do echo "Running script $script"; "$script"; done
    users:
    - name: capv
      sshAuthorizedKeys:
      - '\${VSPHERE_SSH_AUTHORIZED_KEY}'
      sudo: ALL=(ALL) NOPASSWD:ALL
  machineTemplate:
    infrastructureRef:
      apiVersion: infrastructure.cluster.x-k8s.io/v1beta1
      kind: VSphereMachineTemplate
      name: '\${CLUSTER_NAME}'
  replicas: \${CONTROL_PLANE_MACHINE_COUNT}
  version: '\${KUBERNETES_VERSION}'
---
apiVersion: bootstrap.cluster.x-k8s.io/v1beta1
kind: KubeadmConfigTemplate
metadata:
  name: '\${CLUSTER_NAME}-md-0' # workers
`;

/** The configuration that goes with it. */
export const templateConfiguration = `apiVersion: kubeadm-ha.io/v1alpha1
kind: HAConfiguration
kubernetesVersion: \${KUBERNETES_VERSION}
virtualIP:
  provider: kube-vip
  addresses: ["\${CONTROL_PLANE_ENDPOINT_IP}"]
  interface: \${VIP_NETWORK_INTERFACE:=""}
`;

/** The same with values. */
export const poolConfiguration = `apiVersion: kubeadm-ha.io/v1alpha1
kind: HAConfiguration
kubernetesVersion: v1.36.3
virtualIP:
  provider: kube-vip
  addresses: [192.168.10.100]
  interface: eth0
`;
