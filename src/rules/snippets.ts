import { haproxyConfig } from "../components/haproxy/config.ts";
import { keepalivedConfig } from "../components/keepalived/config.ts";
import { nginxConfig } from "../components/nginx/config.ts";
import { snippetHead } from "../components/snippet.ts";
import type { Problem, Rule } from "../config/rule.ts";
import { agentNodes, type ClusterSpec, type SnippetKey, snippetKeys } from "../config/spec.ts";
import { readHaproxy } from "../readers/haproxy.ts";
import { readKeepalived } from "../readers/keepalived.ts";
import { readNginx } from "../readers/nginx.ts";
import type { ReadSource } from "../readers/reading.ts";
import type { SyntaxProblem } from "../readers/syntax.ts";

/** Lines of the user's own are lines of their block, and say nothing twice. */
export const snippets: Rule = {
  id: "snippets",
  summary:
    "Lines of snippets are known to their daemon, end within their block, and set nothing that is set there already.",
  reason:
    "of two settings the last one holds, so that a key of this file would silently not; and a daemon with a broken file does not start, on all nodes at once",
  check: (spec) =>
    snippetKeys.flatMap((key) => {
      const lines = spec.snippets[key] ?? [];
      if (lines.length === 0) return [];
      const program = programOf(key);
      const file = files[program](spec);
      if (file === undefined) return [unused(key, program)];
      const apart = lines.flatMap((line, index) => lineProblems(line, { key, index, text: file.without }));
      return apart.length > 0 ? apart : [...unbalanced(key, lines), ...said(file, key, lines.length)];
    }),
};

type Program = "keepalived" | "haproxy" | "nginx";

interface Rendered {
  /** With the lines, and what its reader says of it. */
  readonly text: string;
  readonly problems: readonly SyntaxProblem[];
  /** The same without any of them. */
  readonly without: string;
}

/** A daemon's file where the cluster has it. */
const files: Readonly<Record<Program, (spec: ClusterSpec) => Rendered | undefined>> = {
  keepalived: (spec) => {
    const [node] = agentNodes(spec);
    if (spec.virtualIP.provider !== "keepalived" || node === undefined) return undefined;
    return rendered(spec, (one) => keepalivedConfig(one, node).text, judgeKeepalived);
  },
  haproxy: (spec) =>
    spec.loadBalancer.provider === "haproxy" ? rendered(spec, haproxyConfig, readHaproxy) : undefined,
  nginx: (spec) => (spec.loadBalancer.provider === "nginx" ? rendered(spec, nginxConfig, readNginx) : undefined),
};

// What keepalived does not know is no matter of reading: it only leaves it out.
function judgeKeepalived(source: ReadSource): { readonly problems: readonly SyntaxProblem[] } {
  const { model, problems } = readKeepalived(source);
  const unknown = model.unknown.map(({ value, position, block }) => ({
    position,
    message: `keepalived knows no ${value} in ${block}`,
    remedy: "remove it or correct it",
  }));
  return { problems: [...problems, ...unknown] };
}

function rendered(
  spec: ClusterSpec,
  render: (spec: ClusterSpec) => string,
  read: (source: ReadSource) => { readonly problems: readonly SyntaxProblem[] },
): Rendered {
  const text = render(spec);
  return { text, problems: read({ file: "", text }).problems, without: render({ ...spec, snippets: {} }) };
}

function lineProblems(
  line: string,
  { key, index, text }: { readonly key: SnippetKey; readonly index: number; readonly text: string },
): readonly Problem[] {
  const path = `snippets.${key}[${index}]`;
  const keyword = keywordOf(key, line);
  if (keyword === "") return [];
  if (programOf(key) === "haproxy" && sections.has(keyword))
    return [error(path, `${keyword} begins another section`, "write lines of this section only")];
  if (programOf(key) === "nginx" && !/[;{}]\s*(?:#.*)?$/.test(line))
    return [error(path, "ends without a semicolon", "end it with ;")];
  if (repeatable.has(keyword.split(" ")[0] ?? "")) return [];
  const own = text
    .split("\n")
    .some((written) => written.startsWith(indent(key)) && keywordOf(key, written) === keyword);
  return own
    ? [error(path, `${keyword} is set there already`, "use the key for it (kubeadm-ha explain), or remove the line")]
    : [];
}

/** The word that is set; haproxy's options and timeouts have two. */
function keywordOf(key: SnippetKey, line: string): string {
  const words = line
    .trim()
    .replace(/;$/, "")
    .split(/[\s{]+/);
  // A comment sets nothing, nor does a brace by itself.
  if (/^(?:#|!|\}|$)/.test(words[0] ?? "")) return "";
  const [first = "", second = "", third = ""] = words;
  if (programOf(key) !== "haproxy") return first;
  if (first === "no" || first === "default") return second === "option" ? `option ${third}` : second;
  return first === "option" || first === "timeout" ? `${first} ${second}` : first;
}

// Of these each line says one thing more.
const repeatable = new Set([
  "log",
  "acl",
  "tcp-request",
  "tcp-response",
  "http-request",
  "capture",
  "comment",
  "server",
]);

const sections = new Set(
  "global defaults frontend backend listen peers mailers userlist resolvers cache program ring http-errors fcgi-app log-forward crt-store traces".split(
    " ",
  ),
);

// Blocks that stand elsewhere in the file are of no concern: ours are as deep as theirs.
function indent(key: SnippetKey): string {
  return key === "nginx.main" ? "" : key === "nginx.server" ? "        " : "    ";
}

function unbalanced(key: SnippetKey, lines: readonly string[]): readonly Problem[] {
  let depth = 0;
  for (const [index, line] of lines.entries()) {
    const bare = line.replaceAll(/"[^"]*"|'[^']*'/g, "").replace(/[#!].*$/, "");
    if (programOf(key) === "haproxy") continue;
    for (const mark of bare.match(/[{}]/g) ?? []) {
      depth += mark === "{" ? 1 : -1;
      if (depth < 0)
        return [error(`snippets.${key}[${index}]`, "closes a block that it did not open", "remove the brace")];
    }
  }
  return depth === 0 ? [] : [error(`snippets.${key}`, "leaves a block open", "close it within these lines")];
}

/** What the reader finds in the lines themselves. */
function said({ text, problems }: Rendered, key: SnippetKey, count: number): readonly Problem[] {
  const head = text.split("\n").findIndex((line) => line.trim() === `# ${snippetHead(key)}`);
  return problems.flatMap(({ position, message, remedy }) => {
    const index = position.line - head - 2;
    return index >= 0 && index < count ? [error(`snippets.${key}[${index}]`, message, remedy)] : [];
  });
}

function unused(key: SnippetKey, program: Program): Problem {
  return error(`snippets.${key}`, `has no effect: there is no ${program} here`, "remove the key");
}

function programOf(key: SnippetKey): Program {
  return key.split(".")[0] as Program;
}

function error(path: string, message: string, remedy: string): Problem {
  return { severity: "error", path, message, remedy };
}
