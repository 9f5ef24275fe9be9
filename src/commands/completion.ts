import { ExitCode, UserError } from "../errors.ts";
import type { Command } from "./command.ts";
import { optionDefinition } from "./options.ts";

/** The command for a list of commands, which is asked for when it runs because it holds this one too. */
export function completion(commands: () => readonly Command[]): Command {
  return {
    name: "completion",
    arguments: "<shell>",
    summary: "print a completion script for bash, zsh or fish",
    options: [],
    examples: ["source <(kubeadm-ha completion bash)"],
    run: ({ arguments: [shell = ""], io }) => {
      const script = Object.hasOwn(scripts, shell) ? scripts[shell] : undefined;
      if (script === undefined)
        throw new UserError(`there is no completion for "${shell}"; there are ${Object.keys(scripts).join(", ")}`);
      io.out(script(commands()));
      return ExitCode.ok;
    },
  };
}

const scripts: Readonly<Record<string, (commands: readonly Command[]) => string>> = { bash, zsh, fish };

function bash(commands: readonly Command[]): string {
  const cases = commands.map((command) => `    ${command.name}) words="${flagsOf(command)}" ;;`).join("\n");
  return `# bash completion for kubeadm-ha
_kubeadm_ha() {
  local words current=\${COMP_WORDS[COMP_CWORD]}
  if [ "$COMP_CWORD" -eq 1 ]; then
    mapfile -t COMPREPLY < <(compgen -W "${commands.map((command) => command.name).join(" ")}" -- "$current")
    return
  fi
  case \${COMP_WORDS[1]} in
${cases}
    *) words="" ;;
  esac
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current"; compgen -f -- "$current")
}
complete -F _kubeadm_ha kubeadm-ha
`;
}

function zsh(commands: readonly Command[]): string {
  const list = commands.map((command) => `    '${command.name}:${escape(command.summary)}'`).join("\n");
  const cases = commands.map((command) => `    ${command.name}) compadd -- ${flagsOf(command)}; _files ;;`).join("\n");
  return `#compdef kubeadm-ha
_kubeadm_ha() {
  local -a commands=(
${list}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  case $words[2] in
${cases}
  esac
}
compdef _kubeadm_ha kubeadm-ha
`;
}

function fish(commands: readonly Command[]): string {
  const perCommand = commands.flatMap((command) => [
    `complete -c kubeadm-ha -n __fish_use_subcommand -f -a ${command.name} -d '${escape(command.summary)}'`,
    ...command.options.map(
      (option) =>
        `complete -c kubeadm-ha -n '__fish_seen_subcommand_from ${command.name}' -l ${option} -d '${escape(optionDefinition(option).summary)}'`,
    ),
    ...(command.ownFlags ?? []).map(
      ({ name, summary }) =>
        `complete -c kubeadm-ha -n '__fish_seen_subcommand_from ${command.name}' -o ${name.slice(1)} -d '${escape(summary)}'`,
    ),
  ]);
  return `# fish completion for kubeadm-ha\n${perCommand.join("\n")}\n`;
}

function flagsOf(command: Command): string {
  const own = (command.ownFlags ?? []).map(({ name }) => name);
  return [...command.options.map((option) => `--${option}`), ...own].join(" ");
}

function escape(text: string): string {
  return text.replaceAll("'", "").replaceAll(":", "\\:");
}
