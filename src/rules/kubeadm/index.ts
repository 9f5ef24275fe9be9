import { KD01 } from "./KD01.ts";
import { KD02 } from "./KD02.ts";
import { KD03 } from "./KD03.ts";
import { KD04 } from "./KD04.ts";
import { KD05 } from "./KD05.ts";
import { KD06 } from "./KD06.ts";
import { KD07 } from "./KD07.ts";
import { KD08 } from "./KD08.ts";
import { KD09 } from "./KD09.ts";
import { KD10 } from "./KD10.ts";
import { KD11 } from "./KD11.ts";
import { KD12 } from "./KD12.ts";
import { KD13 } from "./KD13.ts";
import { KD14 } from "./KD14.ts";
import { KD15 } from "./KD15.ts";
import { KD16 } from "./KD16.ts";
import { KD17 } from "./KD17.ts";
import { KD18 } from "./KD18.ts";
import type { FileRule } from "../rule.ts";

/** Rules about kubeadm's own documents. */
export const kubeadmFileRules: readonly FileRule[] = [
  KD01,
  KD02,
  KD03,
  KD04,
  KD05,
  KD06,
  KD07,
  KD08,
  KD09,
  KD10,
  KD11,
  KD12,
  KD13,
  KD14,
  KD15,
  KD16,
  KD17,
  KD18,
];
