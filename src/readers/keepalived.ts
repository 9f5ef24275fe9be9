import type {
  KeepalivedGlobals,
  KeepalivedModel,
  TrackedFile,
  TrackedProcess,
  UnknownKeyword,
  VirtualServer,
  VrrpScript,
} from "../model/vrrp.ts";
import type { Located } from "../model/located.ts";
import { keepalivedDialect } from "./dialects.ts";
import { readInstances } from "./keepalived-instance.ts";
import { expandLines } from "./keepalived-lines.ts";
import { homesOf, holdsValues, knownKeywords } from "./keepalived-keywords.ts";
import { blockValues, headOf, isResidue, located, readNumber } from "./keepalived-values.ts";
import type { Reading, ReadSource } from "./reading.ts";
import { buildTree } from "./statements.ts";
import type { Statement, SyntaxProblem, Word } from "./syntax.ts";

/** Reads keepalived.conf, with the files it includes. https://www.keepalived.org/manpage.html */
export function readKeepalived(source: ReadSource): Reading<KeepalivedModel> {
  const lines = expandLines(source);
  const tree = buildTree(source.file, lines, keepalivedDialect);
  const problems: SyntaxProblem[] = [...tree.problems];
  const survey: Survey = { roots: [], unknown: [], residue: [] };
  for (const statement of withoutResidue(tree.statements, survey.residue))
    surveyStatement(statement, { block: "", survey });
  const named = (keyword: string): readonly Statement[] =>
    survey.roots.filter((statement) => headOf(statement).text === keyword);
  const globals = readGlobals(named("global_defs"), problems);
  const model: KeepalivedModel = {
    file: source.file,
    start: { value: "", position: { file: source.file, line: 1, column: 1 } },
    globals,
    scripts: named("vrrp_script").map((statement) => readVrrpScript(statement, problems)),
    processes: named("vrrp_track_process").map((statement) => readProcess(statement, problems)),
    files: [...named("vrrp_track_file"), ...named("track_file")].map((statement) => readFile(statement, problems)),
    instances: readInstances({
      instances: named("vrrp_instance"),
      groups: named("vrrp_sync_group"),
      globals: named("global_defs"),
      problems,
    }),
    virtualServers: named("virtual_server").map((statement) => readVirtualServer(statement, problems)),
    unknown: survey.unknown,
    residue: survey.residue,
    problems,
    unread: lines.unread,
  };
  // Rule KA23 tells the problems, together with the words that keepalived does not know.
  return { model, problems: [] };
}

interface Survey {
  /** Statements that stand on their own, also those that a missing brace put into another block. */
  readonly roots: Statement[];
  readonly unknown: UnknownKeyword[];
  readonly residue: Located<string>[];
}

function surveyStatement(
  statement: Statement,
  { block, survey }: { readonly block: string; readonly survey: Survey },
): void {
  const head = headOf(statement);
  const known = knownKeywords(block);
  if (known?.has(head.text) === true) {
    if (block === "") survey.roots.push(statement);
    const inner = statement.block ?? [];
    if (knownKeywords(head.text) !== undefined && (block === "" || !holdsValues(head.text)))
      for (const child of inner) surveyStatement(child, { block: head.text, survey });
  } else if (statement.block !== undefined && knownKeywords("")?.has(head.text) === true)
    surveyStatement(statement, { block: "", survey });
  else if (!isResidue(head.text)) survey.unknown.push({ ...located(head), block, homes: homesOf(head.text) });
}

/** The statements without those that a template should have filled in: what they say is not known. */
function withoutResidue(statements: readonly Statement[], residue: Located<string>[]): readonly Statement[] {
  return statements.flatMap(({ words, block }): readonly Statement[] => {
    const [first] = residueIn(words);
    if (first !== undefined) residue.push(located(first));
    if (block !== undefined) return [{ words, block: withoutResidue(block, residue) }];
    return first === undefined ? [{ words }] : [];
  });
}

// A command in quotes may hold variables of the shell.
function residueIn(words: readonly Word[]): readonly Word[] {
  const command = /^(?:script|notify\w*|misc_path|quorum_\w+)$/.test(words[0]?.text ?? "");
  return words.filter(({ text, quoted }) => (command && quoted ? /\{\{[^}]*\}\}/.test(text) : isResidue(text)));
}

function readGlobals(blocks: readonly Statement[], problems: SyntaxProblem[]): KeepalivedGlobals {
  const [first] = blocks;
  const values = blockValues(
    blocks.flatMap(({ block }) => block ?? []),
    problems,
  );
  return {
    block: first && located(headOf(first)),
    routerID: values.text("router_id"),
    scriptUser: values.text("script_user"),
    scriptSecurity: values.flag("enable_script_security"),
    version: values.number("vrrp_version"),
    strict: values.flag("vrrp_strict"),
    garpRefresh: values.number("vrrp_garp_master_refresh"),
    realtimePriority: values.number("vrrp_rt_priority"),
  };
}

function readVrrpScript(statement: Statement, problems: SyntaxProblem[]): VrrpScript {
  const values = blockValues(statement.block ?? [], problems);
  return {
    keyword: located(headOf(statement)),
    name: nameOf(statement),
    command: values.line("script"),
    interval: values.number("interval"),
    timeout: values.number("timeout"),
    fall: values.number("fall"),
    rise: values.number("rise"),
    weight: values.number("weight"),
    user: values.text("user"),
    initFail: values.statement("init_fail") !== undefined,
  };
}

function readProcess(statement: Statement, problems: SyntaxProblem[]): TrackedProcess {
  const values = blockValues(statement.block ?? [], problems);
  return {
    keyword: located(headOf(statement)),
    name: nameOf(statement),
    process: values.line("process"),
    delay: values.number("delay") ?? values.number("terminate_delay"),
    weight: values.number("weight"),
  };
}

function readFile(statement: Statement, problems: SyntaxProblem[]): TrackedFile {
  const values = blockValues(statement.block ?? [], problems);
  return {
    keyword: located(headOf(statement)),
    name: nameOf(statement),
    path: values.text("file"),
    weight: values.number("weight"),
  };
}

function readVirtualServer(statement: Statement, problems: SyntaxProblem[]): VirtualServer {
  const values = blockValues(statement.block ?? [], problems);
  const server = (words: readonly Word[]): Pick<VirtualServer, "address" | "port"> => ({
    address: located(words[1] ?? (words[0] as Word)),
    port: words[2] && readNumber(located(words[2]), { keyword: words[0]?.text ?? "", problems }),
  });
  return {
    keyword: located(headOf(statement)),
    ...server(statement.words),
    method: values.text("lb_kind") ?? values.text("lvs_method"),
    realServers: (statement.block ?? [])
      .filter((inner) => headOf(inner).text === "real_server")
      .map(({ words }) => server(words)),
  };
}

/** The word behind the keyword; the keyword's place where it is missing. */
function nameOf({ words }: Statement): Located<string> {
  const [keyword, name] = words;
  return name === undefined ? { value: "", position: (keyword as Word).position } : located(name);
}
