import type { NginxServer, NginxUpstream } from "../model/balancer.ts";
import type { Located } from "../model/located.ts";
import { headOf, located } from "./keepalived-values.ts";
import { parseNginxTime } from "./nginx-time.ts";
import type { Statement, Word } from "./syntax.ts";

/** The upstreams of a `stream` block. https://nginx.org/en/docs/stream/ngx_stream_upstream_module.html */
export function readUpstreams(stream: readonly Statement[]): readonly NginxUpstream[] {
  return blocks(stream, "upstream").flatMap((statement): readonly NginxUpstream[] => {
    const name = statement.words[1];
    const inside = statement.block ?? [];
    if (name === undefined) return [];
    const method = inside.findLast(({ words }) => methods.has(words[0]?.text ?? ""));
    return [
      {
        keyword: located(headOf(statement)),
        name: located(name),
        method: method && located(headOf(method)),
        zone: argument(inside, "zone"),
        servers: inside.flatMap(({ words: [first, address, ...options] }) =>
          first?.text !== "server" || address === undefined
            ? []
            : [
                {
                  address: located(address),
                  maxFails: parameter(options, "max_fails", plainNumber),
                  failTimeout: parameter(options, "fail_timeout", parseNginxTime),
                },
              ],
        ),
      },
    ];
  });
}

/** The servers of a `stream` block. https://nginx.org/en/docs/stream/ngx_stream_proxy_module.html */
export function readStreamServers(stream: readonly Statement[]): readonly NginxServer[] {
  const inherited = timesOf(stream);
  return blocks(stream, "server").map((statement) => {
    const inside = statement.block ?? [];
    const own = timesOf(inside);
    return {
      keyword: located(headOf(statement)),
      listen: inside.flatMap(({ words }) =>
        words[0]?.text === "listen" && words[1] !== undefined ? [located(words[1])] : [],
      ),
      proxyPass: argument(inside, "proxy_pass"),
      connectTimeout: own.connectTimeout ?? inherited.connectTimeout,
      idleTimeout: own.idleTimeout ?? inherited.idleTimeout,
    };
  });
}

function timesOf(statements: readonly Statement[]): Pick<NginxServer, "connectTimeout" | "idleTimeout"> {
  const time = (name: string): Located<number> | undefined => {
    const text = argument(statements, name);
    const value = text && parseNginxTime(text.value);
    return text === undefined || value === undefined ? undefined : { value, position: text.position };
  };
  return { connectTimeout: time("proxy_connect_timeout"), idleTimeout: time("proxy_timeout") };
}

const methods = new Set(["hash", "least_conn", "least_time", "random"]);

function blocks(statements: readonly Statement[], name: string): readonly Statement[] {
  return statements.filter(({ words, block }) => words[0]?.text === name && block !== undefined);
}

function argument(statements: readonly Statement[], name: string): Located<string> | undefined {
  const word = statements.findLast(({ words }) => words[0]?.text === name)?.words[1];
  return word && located(word);
}

// The place is that of the whole word max_fails=3.
function parameter(
  words: readonly Word[],
  name: string,
  parse: (text: string) => number | undefined,
): Located<number> | undefined {
  const word = words.findLast(({ text }) => text.startsWith(`${name}=`));
  const value = word && parse(word.text.slice(name.length + 1));
  return word === undefined || value === undefined ? undefined : { value, position: word.position };
}

function plainNumber(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
