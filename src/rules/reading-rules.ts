/** What keeps a file from being judged at all. */
export const readingRules: readonly { readonly id: string; readonly summary: string; readonly reason: string }[] = [
  {
    id: "YM01",
    summary: "A file can be read in its own syntax.",
    reason: "what the program that it is for cannot read, it ignores or refuses",
  },
  { id: "FI01", summary: "A file may be read.", reason: "what cannot be read was not checked" },
  { id: "FI02", summary: "A configuration is UTF-8 text.", reason: "no program it could be for reads anything else" },
  { id: "FI03", summary: "A file has at most 10 MiB.", reason: "no configuration is larger" },
  { id: "FI04", summary: "A path is a file or a directory.", reason: "reading a FIFO or a device may never end" },
  {
    id: "native",
    summary: "The daemon that a file is for accepts it (--native).",
    reason: "what it refuses would stop it at its next start",
  },
  { id: "FI05", summary: "A link leads somewhere.", reason: "one that leads to itself cannot be followed" },
];
