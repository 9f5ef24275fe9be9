import type { NginxModel } from "../model/balancer.ts";
import type { Located } from "../model/located.ts";
import { headOf, isResidue, located } from "./keepalived-values.ts";
import { knowsDirective, type NginxContext } from "./nginx-directives.ts";
import { readWithIncludes } from "./nginx-includes.ts";
import { readStreamServers, readUpstreams } from "./nginx-stream.ts";
import type { Reading, ReadSource } from "./reading.ts";
import type { Statement, SyntaxProblem } from "./syntax.ts";

/** Reads nginx.conf as far as it concerns streams: https://nginx.org/en/docs/stream/ngx_stream_core_module.html */
export function readNginx(source: ReadSource): Reading<NginxModel> {
  const { statements, problems, missing } = readWithIncludes(source);
  const streams = statements.filter(({ words, block }) => words[0]?.text === "stream" && block !== undefined);
  const inside = streams.flatMap(({ block }) => block ?? []);
  const modules = argumentsOf(statements, "load_module");
  // Other modules bring other directives.
  const isKnown = isWhole(statements) && missing.length === 0 && modules.every(({ value }) => ownModule.test(value));
  const unknown = isKnown ? unknownIn(statements, "main") : [];
  const residue = statements.flatMap(residueIn);
  const firstBlock = statements.find(({ words }) => /^(?:events|http|stream|mail)$/.test(words[0]?.text ?? ""));
  return {
    model: {
      file: source.file,
      start: { value: source.file, position: { file: source.file, line: 1, column: 1 } },
      modules,
      includes: missing,
      firstBlock: firstBlock && located(headOf(firstBlock)),
      workers: argumentsOf(statements, "worker_processes").at(-1),
      stream: streams[0] && located(headOf(streams[0])),
      upstreams: readUpstreams(inside),
      servers: readStreamServers(inside),
      unknown,
      residue,
    },
    problems: [...problems, ...unknown.map(unknownProblem), ...residue.map(residueProblem)],
  };
}

function unknownProblem({ value, position }: Located<string>): SyntaxProblem {
  return {
    position,
    message: `nginx knows no directive ${JSON.stringify(value.slice(0, 100))} here`,
    remedy: "remove it or correct it",
  };
}

function residueProblem({ value, position }: Located<string>): SyntaxProblem {
  return {
    position,
    message: `${JSON.stringify(value.slice(0, 100))} is what a template or a text editor left behind`,
    remedy: "write the value that belongs there",
  };
}

const ownModule = /ngx_stream_module\.so$/;

function argumentsOf(statements: readonly Statement[], name: string): readonly Located<string>[] {
  return statements.flatMap(({ words: [first, value] }) =>
    first?.text === name && value !== undefined ? [located(value)] : [],
  );
}

// A file of conf.d stands in a context that is not seen.
function isWhole(statements: readonly Statement[]): boolean {
  return statements.some(({ words }) => /^(?:events|stream|http)$/.test(words[0]?.text ?? ""));
}

function unknownIn(statements: readonly Statement[], context: NginxContext): readonly Located<string>[] {
  return statements.flatMap((statement) => {
    const head = headOf(statement);
    if (!knowsDirective(context, head.text)) return isResidue(head.text) ? [] : [located(head)];
    const inner = contexts[`${context} ${head.text}`];
    return inner === undefined ? [] : unknownIn(statement.block ?? [], inner);
  });
}

const contexts: Readonly<Record<string, NginxContext | undefined>> = {
  "main events": "events",
  "main stream": "stream",
  "stream server": "server",
  "stream upstream": "upstream",
};

// nginx has variables of its own: only what it does not know as one is left over.
function residueIn({ words, block }: Statement): readonly Located<string>[] {
  const own = words.filter(({ text }) => isResidue(text) && !/^\$\w+$|\$\{[a-z_][a-z0-9_]*\}/.test(text)).slice(0, 1);
  return [...own.map(located), ...(block ?? []).flatMap(residueIn)];
}
