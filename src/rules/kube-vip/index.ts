import type { FileRule } from "../rule.ts";
import { KV01 } from "./KV01.ts";
import { KV02 } from "./KV02.ts";
import { KV03 } from "./KV03.ts";
import { KV04 } from "./KV04.ts";
import { KV05 } from "./KV05.ts";
import { KV06 } from "./KV06.ts";
import { KV07 } from "./KV07.ts";
import { KV08 } from "./KV08.ts";
import { KV09 } from "./KV09.ts";
import { KV10 } from "./KV10.ts";
import { KV11 } from "./KV11.ts";
import { KV12 } from "./KV12.ts";
import { KV13 } from "./KV13.ts";
import { KV14 } from "./KV14.ts";
import { KV15 } from "./KV15.ts";
import { KV16 } from "./KV16.ts";
import { KV17 } from "./KV17.ts";
import { KV18 } from "./KV18.ts";
import { KV19 } from "./KV19.ts";

/** Rules about kube-vip, in the order of their ids. */
export const kubeVipRules: readonly FileRule[] = [
  KV01,
  KV02,
  KV03,
  KV04,
  KV05,
  KV06,
  KV07,
  KV08,
  KV09,
  KV10,
  KV11,
  KV12,
  KV13,
  KV14,
  KV15,
  KV16,
  KV17,
  KV18,
  KV19,
];
