import type { Command } from "./command.ts";
import { completion } from "./completion.ts";
import { config } from "./config.ts";
import { diff } from "./diff.ts";
import { explain } from "./explain.ts";
import { finalize } from "./finalize.ts";
import { images } from "./images.ts";
import { kubeconform } from "./kubeconform.ts";
import { predict } from "./predict.ts";
import { preflight, prepare } from "./prepare.ts";
import { rehearse } from "./rehearse.ts";
import { render } from "./render.ts";
import { reset } from "./reset.ts";
import { validate } from "./validate.ts";
import { version } from "./version.ts";

/** Every command, in the order of help. */
export const commands: readonly Command[] = [
  render,
  prepare,
  preflight,
  finalize,
  reset,
  diff,
  validate,
  kubeconform,
  rehearse,
  predict,
  config,
  images,
  explain,
  completion(() => commands),
  version,
];
