import type { FileRule } from "../rule.ts";
import { KA01 } from "./KA01.ts";
import { KA02 } from "./KA02.ts";
import { KA03 } from "./KA03.ts";
import { KA04 } from "./KA04.ts";
import { KA05 } from "./KA05.ts";
import { KA06 } from "./KA06.ts";
import { KA07 } from "./KA07.ts";
import { KA08 } from "./KA08.ts";
import { KA09 } from "./KA09.ts";
import { KA10 } from "./KA10.ts";
import { KA11 } from "./KA11.ts";
import { KA12 } from "./KA12.ts";
import { KA13 } from "./KA13.ts";
import { KA14 } from "./KA14.ts";
import { KA15 } from "./KA15.ts";
import { KA16 } from "./KA16.ts";
import { KA17 } from "./KA17.ts";
import { KA18 } from "./KA18.ts";
import { KA19 } from "./KA19.ts";
import { KA20 } from "./KA20.ts";
import { KA21 } from "./KA21.ts";
import { KA22 } from "./KA22.ts";
import { KA23 } from "./KA23.ts";

/** Rules about keepalived.conf, in the order of their ids. */
export const keepalivedRules: readonly FileRule[] = [
  KA01,
  KA02,
  KA03,
  KA04,
  KA05,
  KA06,
  KA07,
  KA08,
  KA09,
  KA10,
  KA11,
  KA12,
  KA13,
  KA14,
  KA15,
  KA16,
  KA17,
  KA18,
  KA19,
  KA20,
  KA21,
  KA22,
  KA23,
];
