module kubeadm-ha/test/oracles/yaml

go 1.24

require sigs.k8s.io/yaml v1.4.0
