import type { FileRule } from "../rule.ts";
import { HA01 } from "./HA01.ts";
import { HA02 } from "./HA02.ts";
import { HA03 } from "./HA03.ts";
import { HA04 } from "./HA04.ts";
import { HA05 } from "./HA05.ts";
import { HA06 } from "./HA06.ts";
import { HA07 } from "./HA07.ts";
import { HA08 } from "./HA08.ts";
import { HA09 } from "./HA09.ts";
import { HA10 } from "./HA10.ts";
import { HA11 } from "./HA11.ts";
import { HA12 } from "./HA12.ts";
import { HA13 } from "./HA13.ts";
import { HA14 } from "./HA14.ts";
import { HA15 } from "./HA15.ts";
import { HA16 } from "./HA16.ts";
import { HA17 } from "./HA17.ts";

/** The rules about haproxy.cfg. */
export const haproxyRules: readonly FileRule[] = [
  HA01,
  HA02,
  HA03,
  HA04,
  HA05,
  HA06,
  HA07,
  HA08,
  HA09,
  HA10,
  HA11,
  HA12,
  HA13,
  HA14,
  HA15,
  HA16,
  HA17,
];
