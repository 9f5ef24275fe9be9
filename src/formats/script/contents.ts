import type { ClusterSpec } from "../../config/spec.ts";
import { secretStrings } from "../../kubeadm/secrets.ts";
import { factMarker, factNames, type FileContent, type PlannedFile, type PlannedNode } from "../../plan/plan.ts";
import { printingFunction, shellName } from "./shell.ts";

/** Functions that print the files, and the list of files for each role. */
export function fileFunctions(node: PlannedNode): string {
  const printers = node.files.flatMap((file) => variantsOf(file).map(printer));
  return [fill, ...printers, `each_file() {\n${node.files.map(fileLines).join("\n")}\n}`].join("\n\n");
}

/** The functions whose text --dry-run must not show. */
export function printersWithSecrets(spec: ClusterSpec, node: PlannedNode): readonly string[] {
  const secrets = secretStrings(spec);
  if (secrets.length === 0) return [];
  return node.files
    .flatMap(variantsOf)
    .filter(({ content }) => secrets.some((secret) => content.text.includes(secret)))
    .map(({ name }) => name);
}

interface Variant {
  readonly name: string;
  readonly content: FileContent;
}

interface Variants {
  readonly init: string | undefined;
  readonly join: string | undefined;
  readonly finalized: string | undefined;
}

/** Each different text once. */
function variantsOf(file: PlannedFile): readonly Variant[] {
  const { init, join } = file.variants;
  const name = `print_${shellName(file.path)}`;
  if (init !== null && join !== null && init.text === join.text) return [{ name, content: init }];
  return [
    ...(init === null ? [] : [{ name: `${name}_init`, content: init }]),
    ...(join === null ? [] : [{ name: `${name}_join`, content: join }]),
    ...(file.finalized === undefined || file.finalized.text === join?.text
      ? []
      : [{ name: `${name}_finalized`, content: file.finalized }]),
  ];
}

function printer({ name, content }: Variant): string {
  const text = content.text.endsWith("\n") ? content.text : `${content.text}\n`;
  const code = printingFunction(name, text);
  return content.needs.length === 0 ? code : code.replace("  cat <<", "  fill <<");
}

function fileLines(file: PlannedFile): string {
  const variants = variantsOf(file);
  const call = (end: string): string | undefined => {
    const variant = variants.find(({ name }) => name.endsWith(end));
    if (variant === undefined) return undefined;
    const needs = variant.content.needs.map((fact) => ` ${fact}`).join("");
    return `"$1" ${variant.name} ${file.phase} ${file.mode.toString(8).padStart(4, "0")} ${file.path}${needs}`;
  };
  if (variants.length === 1 && file.variants.init !== null && file.variants.join !== null) return `  ${call("")}`;
  const calls: Variants = {
    init: call("_init"),
    join: call("_join"),
    finalized: file.finalized === undefined ? undefined : (call("_finalized") ?? call("_join")),
  };
  return byRole(calls);
}

function byRole({ init, join, finalized }: Variants): string {
  const founder =
    finalized === undefined
      ? `    ${init ?? ":"}`
      : `    if [ -n "$finalized" ]; then\n      ${finalized}\n    else\n      ${init ?? ":"}\n    fi`;
  return `  if [ "$role" = init ]; then\n${founder}\n  else\n    ${join ?? ":"}\n  fi`;
}

const cases = factNames
  .map((fact) => {
    const marker = factMarker(fact);
    return `      *${marker}*) line=\${line%%"${marker}"*}\$${fact}\${line#*"${marker}"} ;;`;
  })
  .join("\n");

// Shell builtins only: a secret must not stand among a program's arguments.
const fill = `# Fills in what only this machine or the join file knows.
fill() {
  while IFS= read -r line; do
    while :; do
      case $line in
${cases}
      *) break ;;
      esac
    done
    printf '%s\\n' "$line" || return 1
  done
}`;
