import * as v from "valibot";

import { key } from "./key.ts";
import { plainText } from "./values.ts";

const lines = (what: string) => key(v.array(plainText()), what);

/** Lines of the user's own in the files that we write, by the block at whose end they stand. */
export const snippetsSchema = v.object({
  keepalived: key(
    v.object({
      global: lines("lines at the end of global_defs"),
      instance: lines("lines at the end of the vrrp_instance"),
    }),
    "lines in keepalived.conf",
  ),
  haproxy: key(
    v.object({
      global: lines("lines at the end of global"),
      defaults: lines("lines at the end of defaults"),
      frontend: lines("lines at the end of the frontend that clients reach"),
    }),
    "lines in haproxy.cfg",
  ),
  nginx: key(
    v.object({
      main: lines("lines before the first block"),
      stream: lines("lines at the end of stream"),
      server: lines("lines at the end of the server that clients reach"),
    }),
    "lines in nginx.conf",
  ),
});
