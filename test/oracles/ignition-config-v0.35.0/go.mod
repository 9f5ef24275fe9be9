module kubeadm-ha/test/oracles/ignition-config

go 1.26.4

require github.com/coreos/ignition v0.35.0

require (
	github.com/coreos/go-semver v0.3.1 // indirect
	github.com/coreos/go-systemd v0.0.0-20191104093116-d3cd4ed1dbcf // indirect
	github.com/vincent-petithory/dataurl v1.0.0 // indirect
)
