import { collectFiles } from "../../../src/host/collect-files.ts";
import { helpersDirectory } from "../../../src/rehearse/helpers.ts";
import type { Lab, LabNode, LabOptions } from "../../../src/rehearse/lab/lab.ts";
import type { Form } from "../../../src/rehearse/measurement.ts";
import { makeScene } from "../../../src/rehearse/scene/make-scene.ts";
import type { Scene } from "../../../src/rehearse/scene.ts";
import { eventually } from "../lab/wait.ts";

/** The scene of a rendered tree, or of anybody's files. */
export function sceneOf(tree: string): Scene {
  return makeScene({ name: tree, files: collectFiles([tree]).files }).scene;
}

/** A lab whose API servers drain for a second. */
export function labOptions(form: Form): LabOptions {
  return { form, helpers: helpersDirectory(), shutdownDelay: 1 };
}

/** The node that holds the virtual IP; an Error if it is not one. */
export function holderOf(lab: Lab): LabNode {
  const [name, ...others] = lab.holders();
  const holder = lab.nodes.find((node) => node.name === name);
  if (holder === undefined || others.length > 0)
    throw new Error(`held by ${lab.holders().join(" and ")}\n${lab.log()}`);
  return holder;
}

/** One holder, and still the same a moment later. */
export async function untilOneHolder(lab: Lab): Promise<LabNode> {
  let since = { at: performance.now(), changes: -1 };
  return eventually("one node holds the virtual IP", 20, () => {
    if (since.changes !== lab.ownership.length) since = { at: performance.now(), changes: lab.ownership.length };
    return lab.holders().length === 1 && performance.now() - since.at > 2000 ? holderOf(lab) : undefined;
  });
}

/** A program of a node, which has to be there. */
export function programOf(
  node: LabNode,
  name: keyof LabNode["programs"],
): NonNullable<LabNode["programs"][typeof name]> {
  const program = node.programs[name];
  if (program === undefined) throw new Error(`no ${name} on ${node.name}`);
  return program;
}
