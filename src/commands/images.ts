import { components } from "../components/index.ts";
import { keepalivedContainerfile } from "../components/keepalived/containerfile.ts";
import { ExitCode, UserError } from "../errors.ts";
import type { Command, Invocation } from "./command.ts";
import { loadCluster } from "./configuration.ts";
import { mirrorScript } from "./mirror-script.ts";
import { configurationOptions } from "./options.ts";

export const images: Command = {
  name: "images",
  summary: "list the images that the nodes need, one a line",
  options: [...configurationOptions, "containerfile", "mirror-script"],
  examples: [
    "kubeadm-ha images",
    "kubeadm-ha images --containerfile keepalived > Containerfile",
    "kubeadm-ha images --mirror-script registry.example.com > mirror.sh",
  ],
  run: runImages,
};

function runImages({ options, io }: Invocation): ExitCode {
  if (options.containerfile !== undefined) {
    if (options.containerfile !== "keepalived")
      throw new UserError(
        `--containerfile ${options.containerfile}: only keepalived has no image of its makers, so only for it there is one`,
      );
    io.out(keepalivedContainerfile);
    return ExitCode.ok;
  }
  const { spec } = loadCluster(options, io);
  const list = components
    .filter((component) => component.appliesTo(spec))
    .flatMap((component) => component.images(spec));
  const unique = [...new Set(list)];
  const registry = options["mirror-script"];
  io.out(
    registry === undefined
      ? unique.map((image) => `${image}\n`).join("")
      : mirrorScript(
          unique.map((image) => spec.images.originals?.[image] ?? image),
          registry,
        ),
  );
  return ExitCode.ok;
}
