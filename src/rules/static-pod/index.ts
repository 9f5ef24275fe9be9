import type { FileRule } from "../rule.ts";
import { PD01 } from "./PD01.ts";
import { PD02 } from "./PD02.ts";
import { PD03 } from "./PD03.ts";
import { PD04 } from "./PD04.ts";
import { PD05 } from "./PD05.ts";
import { PD06 } from "./PD06.ts";
import { PD07 } from "./PD07.ts";
import { PD08 } from "./PD08.ts";
import { PD09 } from "./PD09.ts";
import { PD10 } from "./PD10.ts";
import { PD11 } from "./PD11.ts";
import { PD12 } from "./PD12.ts";

/** Rules about static pods, in the order of their ids. */
export const staticPodRules: readonly FileRule[] = [
  PD01,
  PD02,
  PD03,
  PD04,
  PD05,
  PD06,
  PD07,
  PD08,
  PD09,
  PD10,
  PD11,
  PD12,
];
