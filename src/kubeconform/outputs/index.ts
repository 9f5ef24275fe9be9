import { json } from "./json.ts";
import { junit } from "./junit.ts";
import type { Output } from "./output.ts";
import { pretty } from "./pretty.ts";
import { tap } from "./tap.ts";
import { text } from "./text.ts";

/** Every value of -output. */
export const outputs: readonly Output[] = [text, json, junit, tap, pretty];
