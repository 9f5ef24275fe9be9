import { components } from "../components/index.ts";
import { keepalivedContainerfile } from "../components/keepalived/containerfile.ts";
import { ExitCode, UserError } from "../errors.ts";
import type { Command, Invocation } from "./command.ts";
import { loadCluster } from "./configuration.ts";
import { configurationOptions } from "./options.ts";

export const images: Command = {
  name: "images",
  summary: "list the images that the nodes need, one a line",
  options: [...configurationOptions, "containerfile"],
  examples: ["kubeadm-ha images", "kubeadm-ha images --containerfile keepalived > Containerfile"],
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
  io.out([...new Set(list)].map((image) => `${image}\n`).join(""));
  return ExitCode.ok;
}
