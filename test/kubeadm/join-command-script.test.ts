import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { isJoinProblem, type JoinSecrets, parseJoinFile } from "../../src/kubeadm/join-command.ts";
import { joinCommandScript } from "../../src/kubeadm/scripts.ts";
import { shells } from "../checks/scripts.ts";
import { temporaryDirectory } from "../support/temporary.ts";
import { joinSecretsIn, printedCommand, uploadCertsMessage } from "../system/support/join-texts.ts";

// join-command.sh prints secrets, and nobody but its reader gets to see them.

const hash = `sha256:${"0123456789abcdef".repeat(4)}`;
const endpoint = "api.example.com:8443";

describe.each(Object.entries(shells))("in %s", (_, shell) => {
  test("prints one line that a join file may hold, with new secrets each time", () => {
    const machine = start(shell);
    const runs = [machine.run(), machine.run()];
    for (const { status, stdout, stderr } of runs) {
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      expect(stdout).toMatch(/^kubeadm join .*[^ ]\n$/);
    }
    const [first, second] = runs.map(({ stdout }) => secretsOf(stdout));
    expect([first, second]).toEqual([secrets(1), secrets(2)]);
    expect(joinSecretsIn(runs.map(({ stdout }) => stdout).join(""))).toHaveLength(4);
  });

  test("no program gets a secret as an argument or in its environment", () => {
    const machine = start(shell);
    machine.run();
    expect(machine.calls().filter((line) => line.startsWith("kubeadm "))).toEqual([
      "kubeadm init phase upload-certs --upload-certs --config /etc/kubeadm-ha/kubeadm.yaml",
      "kubeadm token create --ttl 2h --print-join-command",
    ]);
    expect(machine.calls().join("\n")).toMatch(/KUBECONFIG='?\/etc\/kubernetes\/admin\.conf/);
    expect(joinSecretsIn(machine.calls().join("\n"))).toEqual([]);
    machine.run({ KUBECONFIG: "/root/own.conf" });
    expect(machine.calls().join("\n")).toMatch(/KUBECONFIG='?\/root\/own\.conf/);
  });

  test("warnings on either stream are no part of it", () => {
    const machine = start(shell, {
      upload: `echo 'W1121 14:44:02 a warning' >&2; echo '[upload-certs] note'; ${upload}`,
      create: `echo 'W1121 14:44:02 a warning' >&2; echo 'W1121 another'; ${create}`,
    });
    const { status, stdout } = machine.run();
    expect({ status, secrets: secretsOf(stdout) }).toEqual({ status: 0, secrets: secrets(1) });
  });

  const failures: readonly (readonly [string, Partial<Answers>, string])[] = [
    ["has no cluster", { upload: "echo 'error: no admin.conf' >&2; exit 1" }, "certificate key"],
    [
      "uploads nothing",
      { upload: "echo '[upload-certs] Skipping phase. Please see --upload-certs'" },
      "certificate key",
    ],
    ["says nothing", { upload: ":" }, "certificate key"],
    ["uploads, and fails then", { upload: `${upload}; exit 1`, create: "exit 1" }, "join command"],
    ["makes no token", { create: "echo 'error: timed out' >&2; exit 1" }, "join command"],
    ["prints only a token", { create: "echo abcdef.0123456789abcdef" }, "join command"],
  ];
  test.each(failures)("ends where kubeadm %s", (_, answers, what) => {
    const { status, stdout, stderr } = start(shell, answers).run();
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(new RegExp(`(^|\\n)join-command\\.sh: kubeadm did not print a ${what}\\n$`));
  });

  test("ends where there is no kubeadm", () => {
    const { status, stdout, stderr } = start(shell, "no kubeadm").run();
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(/kubeadm.*not found\n(.*\n)*join-command\.sh: kubeadm did not print a certificate key\n$/);
  });
});

interface Answers {
  /** Lines of a shell script that answers `kubeadm init phase upload-certs`; $number counts the runs. */
  readonly upload: string;
  /** The same for `kubeadm token create`. */
  readonly create: string;
}

// The shell that answers puts the number of the run in.
const number = "${number}";
const key = `fedcba98${number}${"7".repeat(55)}`;
const token = `abcdef.${number}123456789abcdef`;
const upload = `cat_text "${uploadCertsMessage({ certificateKey: key })}"`;
const create = `cat_text "${printedCommand({ endpoint, token, caCertHashes: [hash], certificateKey: "" })}"`;

function secrets(run: number): JoinSecrets {
  return {
    token: token.replace(number, String(run)),
    caCertHashes: [hash],
    certificateKey: key.replace(number, String(run)),
    apiServerEndpoint: endpoint,
  };
}

function secretsOf(text: string): JoinSecrets {
  const result = parseJoinFile(text);
  if (isJoinProblem(result)) throw new Error(result.problem);
  return result;
}

/** A machine on which only kubeadm and tail can be called; both note how. */
function start(shell: readonly [string, ...string[]], answers: Partial<Answers> | "no kubeadm" = {}) {
  const directory = temporaryDirectory();
  const log = join(directory, "calls");
  const bin = join(directory, "bin");
  mkdirSync(bin);
  const note = (name: string): string => `#!/bin/sh\necho "${name} $*" >>${log}\nexport -p >>${log}\n`;
  writeFileSync(join(bin, "tail"), `${note("tail")}exec /usr/bin/tail "$@"\n`, { mode: 0o755 });
  const { upload: uploading = upload, create: creating = create } = answers === "no kubeadm" ? {} : answers;
  const kubeadm = `${note("kubeadm")}cat_text() { printf '%s' "$1" | while IFS= read -r line; do printf '%s\\n' "$line"; done; }
number=0
while read -r line; do case $line in 'kubeadm init'*) number=$((number + 1)) ;; esac; done <${log}
case $1 in
init) ${uploading} ;;
token) ${creating} ;;
esac
`;
  if (answers !== "no kubeadm") writeFileSync(join(bin, "kubeadm"), kubeadm, { mode: 0o755 });
  writeFileSync(join(directory, "join-command.sh"), joinCommandScript);
  return {
    calls: () => (existsSync(log) ? readFileSync(log, "utf8").split("\n") : []),
    run: (env: Readonly<Record<string, string>> = {}) => {
      const [program, ...words] = shell;
      const place = spawnSync("sh", ["-c", `command -v ${program}`], { encoding: "utf8" }).stdout.trim();
      return spawnSync(place, [...words, join(directory, "join-command.sh")], {
        env: { PATH: bin, ...env },
        encoding: "utf8",
      });
    },
  };
}
