import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { readJoinFile } from "../../src/apply/join-secrets.ts";
import { resolveConfiguration } from "../../src/config/resolve.ts";
import { UserError } from "../../src/errors.ts";
import { joinTexts } from "../system/support/join-texts.ts";
import { newDirectory } from "./support/directory.ts";
import { example, scriptOf } from "./support/clusters.ts";
import { secrets, secretsIn } from "./support/join.ts";
import { runScript, type ShellName, shellNames } from "./support/trial.ts";

// Join files are read twice, in TypeScript and in shell: the same facts or the same words.

const { token, hash, key } = secrets;
const endpoint = "api.example.com:6443";
const other = `sha256:${"c".repeat(64)}`;
const base = `kubeadm join ${endpoint} --token ${token} --discovery-token-ca-cert-hash ${hash}`;
const full = `${base} --control-plane --certificate-key ${key}`;
const printed = joinTexts({ endpoint, token, caCertHashes: [hash], certificateKey: key });

const neither = "holds neither a `kubeadm join` command nor a JoinConfiguration";
const noToken = "has no token";
const badToken = "has a token that is not of the form abcdef.0123456789abcdef";
const noHash = "has no hash of the cluster's CA certificate (--discovery-token-ca-cert-hash sha256:…)";
const badHash = "has a CA certificate hash that is not sha256: and 64 hexadecimal digits";
const badKey = "has a certificate key that is not 64 hexadecimal digits";
const noEndpoint = "the join file names no API server as HOST:PORT, this cluster is https://api.example.com:6443";
const foreign = (at: string): string =>
  `the join file is for https://${at}, this cluster is https://api.example.com:6443`;
const facts = (certificateKey = key, caCertHashes: string = hash): string =>
  `token ${token} hashes ${caCertHashes} key ${certificateKey}`;

type Example = readonly [what: string, text: string, said: string];

const document = (apiVersion: string): string => `apiVersion: kubeadm.k8s.io/${apiVersion}
caCertPath: /etc/kubernetes/pki/ca.crt
controlPlane:
  certificateKey: ${key}
  localAPIEndpoint:
    advertiseAddress: 192.168.10.12
    bindPort: 6443
discovery:
  bootstrapToken:
    apiServerEndpoint: ${endpoint}
    caCertHashes:
    - ${hash}
    token: ${token}
    unsafeSkipCAVerification: false
  tlsBootstrapToken: ${token}
kind: JoinConfiguration
nodeRegistration:
  taints: null
`;

const understood: readonly Example[] = [
  ["one line", `${full}\n`, facts()],
  ["without a line end", full, facts()],
  ["with CRLF", `${full.replaceAll(" --", " \\\r\n  --")}\r\n`, facts()],
  ["of a worker", base, facts("")],
  ["--flag=value", full.replaceAll(/(--[a-z-]+) (?=[^-])/g, "$1="), facts()],
  ["--flag='value'", full.replace(`--token ${token}`, `--token='${token}'`), facts()],
  ["quotes around the values", full.replace(token, `"${token}"`).replace(hash, `'${hash}'`), facts()],
  ["quotes around flag and value", full.replace(`--token ${token}`, `"--token=${token}"`), facts()],
  ["backquotes around all", `Run \`${full}\` on it.`, facts()],
  ["prose before it", `Then type: ${full}`, facts()],
  ["a prompt, sudo and a path", `$ sudo /usr/bin/${full}`, facts()],
  ["tabs and many blanks", full.replaceAll(" ", " \t  "), facts()],
  ["blanks after the backslash", full.replaceAll(" --", " \\ \t\n  --"), facts()],
  ["a backslash at its end", `${full} \\`, facts()],
  [
    "two hashes",
    full.replace(hash, `${hash} --discovery-token-ca-cert-hash ${other}`),
    facts(key, `${hash}, ${other}`),
  ],
  ["two hashes with a comma", full.replace(hash, `${hash},${other}`), facts(key, `${hash}, ${other}`)],
  ["--discovery-token", full.replace("--token", "--discovery-token"), facts()],
  ["a token twice: the last counts", full.replace("--token", "--token zzzzzz.zzzzzzzzzzzzzzzz --token"), facts()],
  ["a key in capital letters", full.replace(key, key.toUpperCase()), facts(key.toUpperCase())],
  ["a command without a key before one with it", `${base.replace(hash, other)}\n${full}\n`, facts()],
  ["two with a key: the first counts", `${full}\n${full.replaceAll(hash, other)}\n`, facts()],
  ["a node in the endpoint's place", full.replace(endpoint, "192.168.10.12:6443"), facts()],
  ["a node's name", full.replace(endpoint, "cp2:6443"), facts()],
  ["the virtual IP", full.replace(endpoint, "192.168.10.100:6443"), facts()],
  ["v1beta3", document("v1beta3"), facts()],
  ["v1beta4", document("v1beta4"), facts()],
  ["v1beta4 with CRLF", document("v1beta4").replaceAll("\n", "\r\n"), facts()],
  ["a document with quotes", document("v1beta4").replaceAll(/: (\S+)$/gm, ': "$1"'), facts()],
  [
    "a document with comments",
    document("v1beta4")
      .replaceAll(/$/gm, " # yes")
      .replaceAll(/^ # yes$/gm, "# yes"),
    facts(),
  ],
  [
    "a document with two hashes",
    document("v1beta4").replace(`- ${hash}`, `- ${hash}\n    - ${other}`),
    facts(key, `${hash}, ${other}`),
  ],
  [
    "a document with a flow list",
    document("v1beta4").replace(/caCertHashes:\n.*\n/, `caCertHashes: ["${hash}", '${other}']\n`),
    facts(key, `${hash}, ${other}`),
  ],
  ["a document without a key", document("v1beta4").replace(/controlPlane:\n.*\n/, "controlPlane:\n"), facts("")],
  ["a document with tlsBootstrapToken", document("v1beta4").replace(/^ {4}token.*\n/m, ""), facts()],
  [
    "a document behind another",
    `kind: InitConfiguration\ncertificateKey: ${other.slice(7)}\nbootstrapTokens:\n- groups: []\n  token: zzzzzz.zzzzzzzzzzzzzzzz\n---\n${document("v1beta4")}`,
    facts(),
  ],
  [
    "a document before another",
    `${document("v1beta4")}---\nkind: InitConfiguration\ncertificateKey: ${other.slice(7)}\nbootstrapTokens:\n- groups: []\n  token: zzzzzz.zzzzzzzzzzzzzzzz\n`,
    facts(),
  ],
];

const broken: readonly Example[] = [
  ["empty", "", `${neither}; found nothing: the file is empty`],
  ["blank", " \n\t\n\r\n", `${neither}; found nothing: the file is empty`],
  ["prose", "hello\n", `${neither}; found 1 lines without either`],
  ["more prose", `the token is ${token}\nand the key\n${key}\n\n\n`, `${neither}; found 3 lines without either`],
  ["a command that has none of it", "kubeadm join --help\n", neither],
  ["another program", full.replace("kubeadm", "kubectl"), neither],
  ["no token", full.replace(`--token ${token} `, ""), noToken],
  ["a token flag without a token", full.replace(token, ""), noToken],
  ["a token flag at the end", `${full.replace(`--token ${token} `, "")} --token`, noToken],
  ["an empty token", full.replace(`--token ${token}`, '--token=""'), noToken],
  ["a token withheld", full.replace(token, "<value withheld>"), badToken],
  ["a token cut short", full.replace(token, token.slice(0, -1)), badToken],
  ["a token too long", full.replace(token, `${token}0`), badToken],
  ["a token in capital letters", full.replace(token, token.toUpperCase()), badToken],
  ["a token with two dots", full.replace(token, "abcdef.01234567.9abcdef"), badToken],
  ["no hash", full.replace(/--discovery\S+ \S+ /, ""), noHash],
  [
    "verification switched off",
    full.replace(/--discovery\S+ \S+ /, "--discovery-token-unsafe-skip-ca-verification "),
    noHash,
  ],
  ["a short hash", full.replace(hash, hash.slice(0, -1)), badHash],
  ["a long hash", full.replace(hash, `${hash}0`), badHash],
  ["a hash in capital letters", full.replace(hash, `sha256:${"A".repeat(64)}`), badHash],
  ["a hash of another kind", full.replace("sha256:", "sha512:"), badHash],
  ["a bare hash", full.replace("sha256:", ""), badHash],
  ["one good hash and one short", full.replace(hash, `${hash},sha256:00`), badHash],
  ["a key of 63 digits", full.replace(key, key.slice(1)), badKey],
  ["a key of 65 digits", full.replace(key, `${key}0`), badKey],
  ["a key with another letter", full.replace(key, `g${key.slice(1)}`), badKey],
  ["a key withheld", full.replace(key, "<value withheld>"), badKey],
  [
    "three commands without a token",
    `${full}\n${full}\n${full}\n`.replaceAll(token, "x"),
    `${badToken}; found 3 kubeadm join commands`,
  ],
  ["a document without a token", document("v1beta4").replaceAll(/^.*[tT]oken: .*\n/gm, ""), noToken],
  [
    "a document without a hash",
    document("v1beta4").replace(/ {4}caCertHashes:\n.*\n/, ""),
    `${noHash}; found a JoinConfiguration`,
  ],
  ["a document with a short hash", document("v1beta4").replace(hash, hash.slice(1)), badHash],
  ["a document with a short key", document("v1beta4").replace(key, key.slice(1)), badKey],
  ["a document with a long token", document("v1beta4").replaceAll(token, `${token}x`), badToken],
  ["another kind of document", document("v1beta4").replace("JoinConfiguration", "InitConfiguration"), neither],
  ["a foreign endpoint", full.replace(endpoint, "10.9.9.9:6443"), foreign("10.9.9.9:6443")],
  ["a foreign name", full.replace(endpoint, "api.example.org:6443"), foreign("api.example.org:6443")],
  ["a foreign IPv6 address", full.replace(endpoint, "[fd00::9]:6443"), foreign("[fd00::9]:6443")],
  ["a foreign document", document("v1beta4").replace(endpoint, "10.9.9.9:6443"), foreign("10.9.9.9:6443")],
  ["another port", full.replace(endpoint, "api.example.com:8443"), foreign("api.example.com:8443")],
  ["no port", full.replace(endpoint, "api.example.com"), noEndpoint],
  ["an empty port", full.replace(endpoint, "api.example.com:"), noEndpoint],
  ["a port of letters", full.replace(endpoint, "api.example.com:https"), noEndpoint],
  ["a port too high", full.replace(endpoint, "api.example.com:65536"), noEndpoint],
  ["port 0", full.replace(endpoint, "api.example.com:0"), noEndpoint],
  ["an URL", full.replace(endpoint, `https://${endpoint}`), noEndpoint],
  ["an IPv6 address without brackets", full.replace(endpoint, "fd00::9:6443"), noEndpoint],
  ["brackets without an address", full.replace(endpoint, "[api]:6443"), noEndpoint],
  ["a token in the endpoint's place", full.replace(endpoint, token), noEndpoint],
  ["a name in capital letters", full.replace(endpoint, "API.example.com:6443"), noEndpoint],
];

const kubeadms = printed.map(({ name, text, secrets: found }): Example => [
  name,
  text,
  found === undefined ? "expected what join-command.sh prints" : facts(found.certificateKey ?? ""),
]);
const all = [...understood, ...broken, ...kubeadms];

const { spec } = resolveConfiguration({ file: { name: "ha.yaml", text: configuration() }, rules: [] });
let said: Promise<readonly (readonly [string, readonly string[]])[]> | undefined;

/** What every shell says of every text. */
function ask(): Promise<readonly (readonly [string, readonly string[]])[]> {
  said ??= Promise.all(shellNames.map(async (shell) => [shell, await askShell(shell)] as const));
  return said;
}

async function askShell(shell: ShellName): Promise<readonly string[]> {
  const cluster = { ...example("keepalived"), files: { "ha.yaml": configuration() }, flags: ["--config", "ha.yaml"] };
  const script = (await scriptOf(cluster, "cp2")).text.replace(/^main "\$@"$/m, () => driver);
  const directory = newDirectory();
  const files = all.map(([, text], index) => {
    const file = join(directory, String(index));
    writeFileSync(file, text);
    return file;
  });
  const { err, code } = await runScript(shell, script, { argv: files });
  if (code !== 0 || err !== "") throw new Error(`${shell}: ${err}`);
  return files.map((file) => readFileSync(`${file}.said`, "utf8"));
}

// What the script does with a join file, for many of them.
const driver = `join_file_name=join
for file in "$@"; do
  (read_join_file <"$file" && printf 'token %s hashes %s key %s\\n' "$joinToken" "$caCertHashes" "$certificateKey") >"$file.said" 2>&1 || :
done`;

describe.each([
  ["understood", understood],
  ["refused", broken],
  ["of kubeadm", kubeadms],
] as const)("%s", (_, examples) => {
  test.each(examples)("%s", async (_, text, expected) => {
    const words = read(text);
    expect(words).toContain(expected);
    if (!words.startsWith("token ")) expect(secretsIn(words)).toEqual([]);
    const index = all.findIndex((entry) => entry[1] === text);
    for (const [shell, answers] of await ask()) expect(answers[index], shell).toBe(words);
  });
});

function read(text: string): string {
  if (spec === undefined) throw new Error("the configuration is wrong");
  try {
    const io = { out: () => {}, err: () => {}, exists: () => true, read: () => text };
    const {
      joinToken = "",
      caCertHashes = "",
      certificateKey = "",
    } = readJoinFile({ path: "x", name: "join" }, io, spec);
    return `token ${joinToken} hashes ${caCertHashes} key ${certificateKey}\n`;
  } catch (error) {
    if (error instanceof UserError) return `error: ${error.message}\n`;
    throw error;
  }
}

function configuration(): string {
  return (example("keepalived").files["ha.yaml"] ?? "").replace(
    "virtualIP:",
    "controlPlaneEndpoint: api.example.com\nvirtualIP:",
  );
}
