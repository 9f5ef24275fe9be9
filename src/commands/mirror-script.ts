import { UserError } from "../errors.ts";
import { shellWord } from "../render/text.ts";

/** A POSIX script that copies images to a registry, and at its end tells what containerd needs on each node. */
export function mirrorScript(images: readonly string[], registry: string): string {
  if (!/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/.test(registry))
    throw new UserError(`--mirror-script ${registry}: write HOST, HOST:PORT or HOST/PATH`);
  const pairs = images.map((original) => ({ original, mirrored: `${registry}/${withoutHost(original)}` }));
  const hosts = [...new Set(images.map(hostOf))].toSorted();
  return `#!/bin/sh
# Copies the images of this cluster to ${registry}, with every architecture and the same digests.
# Needs skopeo and both registries; where the registry asks for it, run \`skopeo login\` before.
# kubeadm's own images are apart: \`kubeadm config images list\` names them, imageRepository moves them.
set -eu
copy() {
  echo "$1 -> $2" >&2
  skopeo copy --all --preserve-digests "docker://$1" "docker://$2"
}
${pairs.map(({ original, mirrored }) => `copy ${shellWord(original)} ${shellWord(mirrored)}`).join("\n")}
cat <<'END'
Nodes find the copies in one of two ways. By other names of the images:

  images:
    repository: ${registry}

Or by the same names, through containerd; on every node:

${hosts.map((host) => hostsToml(host, registry)).join("\n")}
with this in /etc/containerd/config.toml, below [plugins."io.containerd.cri.v1.images".registry]
(containerd 1: [plugins."io.containerd.grpc.v1.cri".registry]):

  config_path = "/etc/containerd/certs.d"
END
`;
}

/** https://github.com/containerd/containerd/blob/main/docs/hosts.md: a path below a registry needs override_path. */
function hostsToml(host: string, registry: string): string {
  const [server = "", ...path] = registry.split("/");
  const upstream = host === "docker.io" ? "registry-1.docker.io" : host;
  return `  /etc/containerd/certs.d/${host}/hosts.toml:

    server = "https://${upstream}"

    [host."https://${server}/v2${path.length === 0 ? "" : `/${path.join("/")}`}"]
      capabilities = ["pull", "resolve"]
      override_path = true
`;
}

// docker.io is the registry of names without one: https://github.com/distribution/reference
function hostOf(image: string): string {
  const [first = "", ...rest] = image.split("/");
  return rest.length > 0 && (/[.:]/.test(first) || first === "localhost") ? first : "docker.io";
}

function withoutHost(image: string): string {
  return hostOf(image) === image.split("/")[0] ? image.split("/").slice(1).join("/") : image;
}
