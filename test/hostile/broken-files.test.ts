import { join } from "node:path";
import { writeFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

import { runBuilt } from "../support/built.ts";
import { ordinary } from "../support/configurations.ts";
import { messageProblem } from "../support/terminal.ts";
import { temporaryDirectory } from "../support/temporary.ts";

/** What an ordinary render takes on this machine now: a tenth of a second where nothing else runs. */
function ordinaryTime(): number {
  return Math.max(...[1, 2, 3].map(() => runBuilt(["render", "--config", "-"], { input: ordinary }).milliseconds));
}

const atTheBeginning = ordinaryTime();

/** What grows with the square of the input takes thousands of times as long; the longest of these takes a few dozen. */
function expectQuick(milliseconds: number, again: () => number): void {
  // The machine may have become busy since, and idle again when the ordinary time is taken: both at the same time then.
  if (milliseconds >= 60 * atTheBeginning) expect(again()).toBeLessThan(60 * ordinaryTime());
}

const head = "apiVersion: kubeadm-ha.io/v1alpha1\nkind: HAConfiguration\n";
const kubeadmHead = "apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\n";
const bomb = [
  "a: &a [x, x, x, x, x, x, x, x, x]",
  ..."bcdefghijklm"
    .split("")
    .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${"abcdefghijklm"[index]}`).join(", ")}]`),
].join("\n");
const many = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join("");

/** Files that no configuration is; each is refused, whoever reads it. */
const broken: readonly (readonly [name: string, bytes: string | Uint8Array])[] = [
  ["an empty file", ""],
  ["blanks", "  \n\n\t\n"],
  ["comments alone", "# nothing\n"],
  ["document marks alone", "---\n---\n...\n"],
  ["a NUL byte", `${head}kubernetesVersion: "v1.36.3\0"\n`],
  ["a NUL byte in a comment", `# \0\n${ordinary}`],
  ["UTF-16 with a mark", Buffer.from(`\ufeff${ordinary}`, "utf16le")],
  ["UTF-16 without a mark", Buffer.from(ordinary, "utf16le")],
  ["UTF-16, big end first", Buffer.from(`\ufeff${ordinary}`, "utf16le").swap16()],
  ["bytes that are no UTF-8", Buffer.from([...Buffer.from(head), 0xc3, 0x28, 0x0a])],
  ["an alias bomb", `${head}${bomb}\n`],
  ["an alias bomb in kubeadm's documents", `${ordinary}---\n${kubeadmHead}${bomb}\n`],
  ["an alias of itself", `${head}images: &a {repository: *a}\n`],
  ["an alias of itself in a list", `${head}certSANs: &a [*a]\n`],
  ["an alias of itself in kubeadm's documents", `${ordinary}---\n${kubeadmHead}apiServer: &a {extraArgs: *a}\n`],
  ["an alias of nothing", `${head}images: *a\n`],
  ["a key twice", `${ordinary}kubernetesVersion: v1.36.2\n`],
  ["a key twice in a node", ordinary.replace("name: cp1", "name: cp1, name: cp4")],
  ["a key twice in kubeadm's documents", `${ordinary}---\n${kubeadmHead}clusterName: a\nclusterName: b\n`],
  ["JSON cut off", '{"apiVersion": "kubeadm-ha.io/v1alpha1", "kind": '],
  ["a list", "- a\n- b\n"],
  ["a text", "hello\n"],
  ["a number", "1\n"],
  ["a tab for indentation", "virtualIP:\n\tprovider: kube-vip\n"],
  ["an ELF file", Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0])],
  ["a directive of the future", `%YAML 9.9\n---\n${ordinary}`.replace("HAConfiguration", "X")],
  ["130,000 wrong items", `${head}certSANs: [${many(130_000, () => "'',")}]\n`],
  ["20,000 nodes with nothing", `${head}nodes:\n${many(20_000, () => "- {}\n")}`],
  ["50,000 unknown keys", `${head}${many(50_000, (index) => `key${index}: v\n`)}`],
  ["more than 10 MiB", `${ordinary}# ${"x".repeat(10 * 1024 * 1024)}\n`],
  ["more than 10 MiB of keys", `${head}${many(1_000_000, (index) => `key${index}: v\n`)}`],
  ...[100, 1000, 3000, 10_000, 100_000, 1_000_000].flatMap((depth) => [
    [`${depth} lists in each other`, `${head}certSANs: ${"[".repeat(depth)}${"]".repeat(depth)}\n`] as const,
    [`${depth} maps in each other`, `${head}images: ${"{a: ".repeat(depth)}1${"}".repeat(depth)}\n`] as const,
    [`${depth} brackets that nobody closes`, `${head}certSANs: ${"[".repeat(depth)}`] as const,
  ]),
  ...[100, 1000, 2000, 3000].map(
    (depth) =>
      [
        `${depth} indented maps in each other`,
        `${head}images:\n${many(depth, (index) => `${" ".repeat(index + 1)}a:\n`)}`,
      ] as const,
  ),
];

describe("a broken file is refused within a second, with exit code 2, an empty stdout and no stack trace", () => {
  test.each(broken)("%s", (_, bytes) => {
    const run = () => runBuilt(["render", "--config", "-"], { input: bytes });
    const { code, out, err, milliseconds } = run();
    expect({ code, out, problem: messageProblem(err) }, err.slice(0, 1500)).toEqual({ code: 2, out: "", problem: "" });
    expectQuick(milliseconds, () => run().milliseconds);
  });

  test("the same in a file that is read by its name", () => {
    const directory = temporaryDirectory();
    for (const [index, [, bytes]] of broken.slice(0, 10).entries()) {
      const path = join(directory, `${index}.yaml`);
      writeFileSync(path, bytes);
      expect(runBuilt(["render", "--config", path]), broken[index]?.[0]).toMatchObject({ code: 2, out: "" });
    }
  });
});

describe("a deep value in kubeadm's documents is refused, or kept as it is", () => {
  test.each([10, 100, 500, 1000, 1500, 2000, 3000, 5000, 20_000])("%i levels", (depth) => {
    const deep = `${ordinary}---\n${kubeadmHead}unknown: ${"[".repeat(depth)}${"]".repeat(depth)}\n`;
    const { code, out, err } = runBuilt(["render", "--config", "-"], { input: deep });
    expect(messageProblem(err), err.slice(0, 500)).toBe("");
    if (code === 0) expect(out).toContain("[".repeat(depth));
    else expect({ code, out }).toEqual({ code: 2, out: "" });
  });
});

describe("what editors do to a file changes nothing but the copy of it that nodes keep", () => {
  const kept = /^(?:cp1|cp2|cp3)\/etc\/kubeadm-ha\/ha\.yaml 0600$/;
  const printed = (text: string): { readonly copies: readonly string[]; readonly others: readonly string[] } => {
    const { code, out } = runBuilt(["render", "--config", "-"], { input: text });
    expect(code).toBe(0);
    const files = out.split(/^# ==> (.*)\n/m).slice(1);
    const isCopy = (index: number): boolean => kept.test(files[index - (index % 2)] ?? "");
    return {
      copies: files.filter((_, index) => index % 2 === 1 && isCopy(index)),
      others: files.filter((_, index) => !isCopy(index)),
    };
  };
  const plain = printed(ordinary);

  test("each node keeps one, under the name of its node", () => {
    expect(plain.copies).toEqual(Array(3).fill(`${ordinary}\n`));
    expect(plain.others.length).toBeGreaterThan(20);
  });

  test.each([
    ["CRLF", ordinary.replaceAll("\n", "\r\n")],
    ["a byte order mark", `\ufeff${ordinary}`],
    ["no line end at the end", ordinary.trimEnd()],
    ["many line ends at the end", `${ordinary}\n\n\n`],
    ["document marks", `---\n${ordinary}...\n`],
    ["a YAML directive", `%YAML 1.2\n---\n${ordinary}`],
  ])("%s", (_, text) => {
    const { copies, others } = printed(text);
    expect(others).toEqual(plain.others);
    // A blank line is between the files that are printed.
    expect(copies).toEqual(Array(3).fill(text.endsWith("\n") ? `${text}\n` : `${text}\n\n`));
  });
});

describe("text that takes long to search", () => {
  const documents = (value: string): string =>
    `${ordinary}---\n${kubeadmHead}apiServer:\n  extraArgs:\n  - {name: shutdown-delay-duration, value: ${value}}\n`;
  const proxy = (value: string): string =>
    `${ordinary}---\n${kubeadmHead}apiServer:\n  extraEnvs:\n  - {name: HTTPS_PROXY, value: x}\n  - {name: NO_PROXY, value: "${value}"}\n`;

  test.each([
    ["digits in a duration", documents(`"${"1".repeat(100_000)}"`)],
    ["units in a duration", documents(`"${"1m".repeat(50_000)}x"`)],
    ["commas in NO_PROXY", proxy(`${",".repeat(100_000)}x`)],
    ["names in NO_PROXY", proxy("a,".repeat(50_000))],
    ["a long image", ordinary + `images: {haproxy: "${"a/".repeat(50_000)}!"}\n`],
    ["a long registry", ordinary + `images: {repository: "${"a.".repeat(50_000)}!"}\n`],
    ["a long endpoint", ordinary + `controlPlaneEndpoint: "${"a.".repeat(50_000)}!"\n`],
    ["a long unknown key", ordinary + `"${"virtualIP".repeat(20_000)}": 1\n`],
    ["20,000 unknown keys", ordinary + many(20_000, (index) => `virtualIP${index}: 1\n`)],
    [
      "5,000 control-plane nodes",
      ordinary + many(5000, (index) => `- {name: n${index}, addresses: [10.1.${index >> 8}.${index & 255}]}\n`),
    ],
    ["5,000 names for the certificate", ordinary + `certSANs: [${many(5000, (index) => `n${index}.example, `)}]\n`],
  ])("%s: an answer within seconds", (_, text) => {
    const path = join(temporaryDirectory(), "ha.yaml");
    writeFileSync(path, text);
    const run = () => runBuilt(["render", "--config", path]);
    const { code, err, signal, milliseconds } = run();
    expect(signal).toBeNull();
    expect([0, 2], err.slice(0, 500)).toContain(code);
    expect(messageProblem(err)).toBe("");
    expectQuick(milliseconds, () => run().milliseconds);
  });
});
