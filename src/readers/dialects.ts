import type { Dialect } from "./tokenize.ts";

/**
 * `#` and `!` begin comments anywhere, braces are marks anywhere, a quote begins another word.
 * https://github.com/acassen/keepalived/blob/master/lib/parser.c
 */
export const keepalivedDialect: Dialect = {
  comments: "#!",
  commentEndsWord: true,
  braces: true,
  semicolons: false,
  quotes: '"',
  quoteInWord: "split",
  quotesSpanLines: false,
  literalQuotes: "",
  unescape: (character, quote) =>
    quote === undefined && "#!".includes(character) ? character : quote === character ? character : `\\${character}`,
};

/**
 * Words as in a shell; braces are words like others.
 * https://docs.haproxy.org/3.0/configuration.html#2.2
 */
export const haproxyDialect: Dialect = {
  comments: "#",
  commentEndsWord: true,
  braces: false,
  semicolons: false,
  quotes: "\"'",
  quoteInWord: "join",
  quotesSpanLines: false,
  literalQuotes: "'",
  // Any other backslash stays, as in a regular expression.
  unescape: (character, quote) =>
    ({ n: "\n", r: "\r", t: "\t" })[character] ??
    (" \\#'\"".includes(character) || (character === "$" && quote === '"') ? character : `\\${character}`),
};

/**
 * Quotes and comments only where a word begins; statements end with a semicolon or a block.
 * https://github.com/nginx/nginx/blob/master/src/core/ngx_conf_file.c (ngx_conf_read_token)
 */
export const nginxDialect: Dialect = {
  comments: "#",
  commentEndsWord: false,
  braces: true,
  semicolons: true,
  quotes: "\"'",
  quoteInWord: "plain",
  quotesSpanLines: true,
  literalQuotes: "",
  unescape: (character) =>
    ({ n: "\n", r: "\r", t: "\t", '"': '"', "'": "'", "\\": "\\" })[character] ?? `\\${character}`,
};
