import { constants, gzipSync } from "node:zlib";

/** gzip as small as zlib makes it; without a time, a name or the kind of machine, so that the same text gives the same bytes. */
export function compress(text: string): Uint8Array {
  const bytes = gzipSync(text, { level: constants.Z_BEST_COMPRESSION, memLevel: constants.Z_MAX_MEMLEVEL });
  // RFC 1952, 2.3: the operating system; 255 is "unknown".
  bytes[9] = 255;
  return bytes;
}
