import { beforeAll, describe, expect, it, onTestFinished } from "vitest";

import { type Host, inCheckout, startHost } from "./lab/host.ts";
import { programs } from "./lab/machine.ts";
import { mustRun, read, type Result } from "./lab/space.ts";
import { requireSystem } from "./support/programs.ts";
import { differences } from "./support/reset.ts";

// A live node never gets a configuration that its daemon would refuse at the next reload.

const haproxy = "/etc/kubeadm-ha/haproxy/haproxy.cfg";
const keepalived = "/etc/kubeadm-ha/keepalived/keepalived.conf";
const config = example("keepalived-haproxy");
const version = "--kubernetes-version v1.34.10";
const asked = "/run/asked";

const forms = {
  "kubeadm-ha prepare": (changes: string, file = config) => `kubeadm-ha prepare --config ${file} ${version} ${changes}`,
  "the node script": (changes: string, file = config) =>
    `kubeadm-ha render --config ${file} ${version} ${changes} --node cp1 --format script >node.sh && sh node.sh`,
} as const;

beforeAll(requireSystem);

/** Where the daemons of a node are. */
const placements = {
  "on the host": (host: Host, daemon: string, lines: string) => host.script(daemon, lines),
  "in a container": (host: Host, daemon: string, lines: string) => {
    host.script(`../libexec/${daemon}`, lines);
    host.script("crictl", crictl);
  },
} as const;

describe.each(Object.entries(forms))("%s", (_, prepare) => {
  describe.each(Object.entries(placements))("with the daemons %s", (_, install) => {
    it("lets a good change pass, after the daemons have seen it", async () => {
      const host = await member();
      for (const daemon of ["haproxy", "keepalived"]) install(host, daemon, real(daemon));
      const before = host.tree();
      const { status, stdout, stderr } = await host.shell(prepare("--failover fast"));
      expect(status, stderr).toBe(0);
      for (const path of [haproxy, keepalived]) expect(stdout).toContain(`Writing "${path}"`);
      expect(questions(host)).toEqual([
        "haproxy -c -f /etc/kubeadm-ha/haproxy/.haproxy.cfg.new",
        "keepalived --config-test --use-file /etc/kubeadm-ha/keepalived/.keepalived.conf.new",
      ]);
      const changed = [haproxy, keepalived].filter((path) => host.tree()[path] !== before[path]);
      expect({ changed, left: staged(host) }).toEqual({ changed: [haproxy, keepalived], left: [] });
      // Nothing changed, so there is nothing to ask about.
      expect((await host.shell(prepare("--failover fast"))).status).toBe(0);
      expect(questions(host)).toHaveLength(2);
    });

    it("changes nothing when haproxy refuses", async () => {
      const host = await member();
      for (const daemon of ["haproxy", "keepalived"]) install(host, daemon, real(daemon));
      await mustRun(host.space, ["rm", "/etc/kubernetes/pki/ca.crt"]);
      const stderr = await refused(host, prepare("--failover fast"));
      expect(stderr).toMatch(
        /^\t\[ERROR ConfigCheck--etc-kubeadm-ha-haproxy-haproxy\.cfg\]: haproxy refuses the new file, so nothing was changed: \[ALERT\] .*\.haproxy\.cfg\.new:\d+\] : .*ca\.crt/m,
      );
      expect(stderr).not.toContain("ERROR ConfigCheck--etc-kubeadm-ha-keepalived");
    });

    it("changes nothing when keepalived refuses", async () => {
      const host = await member();
      install(host, "haproxy", real("haproxy"));
      install(host, "keepalived", older);
      expect(await refused(host, prepare("--failover fast"))).toMatch(
        /^\t\[ERROR ConfigCheck--etc-kubeadm-ha-keepalived-keepalived\.conf\]: keepalived refuses the new file, so nothing was changed: .*Line \d+\) Unknown keyword 'down_timer'$/m,
      );
    });

    it("names both when both refuse, whatever is ignored", async () => {
      const host = await member();
      for (const daemon of ["haproxy", "keepalived"]) install(host, daemon, "echo 'no such keyword' >&2; exit 1");
      const stderr = await refused(host, `${prepare("--failover fast")} --ignore-preflight-errors all`);
      expect(stderr.match(/\[ERROR .*/g)).toEqual(
        ["haproxy-haproxy.cfg", "keepalived-keepalived.conf"].map(
          (name) =>
            `[ERROR ConfigCheck--etc-kubeadm-ha-${name}]: ${name.split("-")[0]} refuses the new file, so nothing was changed: no such keyword`,
        ),
      );
    });
  });

  it("asks nobody where nobody is, where no container runs, and of a machine that is no node yet", async () => {
    const host = await member();
    expect((await host.shell(prepare("--failover fast"))).status).toBe(0);
    host.script("crictl", "exit 0");
    expect((await host.shell(prepare("--failover conservative"))).status).toBe(0);
    for (const daemon of ["haproxy", "keepalived"]) host.script(daemon, `echo "$0" >>${asked}; exit 1`);
    await mustRun(host.space, ["rm", "/etc/kubernetes/kubelet.conf"]);
    expect((await host.shell(`${prepare("--failover fast")} --init`)).status).toBe(0);
    expect(questions(host)).toEqual([]);
  });

  // Debian's nginx has the module apart, the image has it built in.
  it("takes no answer from an nginx without streams, and asks that of the container", async () => {
    const file = example("keepalived-nginx");
    const host = await member(file);
    host.script("nginx", real("nginx"));
    const alone = await host.shell(prepare("--failover fast", file));
    expect(alone.status, alone.stderr).toBe(0);
    const question = "nginx -e stderr -t -q -c /etc/kubeadm-ha/nginx/.nginx.conf.new";
    expect(questions(host)).toEqual([question]);
    host.script("crictl", crictl);
    host.script("../libexec/nginx", "echo 'no such directive' >&2; exit 1");
    expect(await refused(host, prepare("--failover conservative", file))).toContain(
      "[ERROR ConfigCheck--etc-kubeadm-ha-nginx-nginx.conf]: nginx refuses the new file, so nothing was changed: no such directive\n",
    );
    expect(questions(host)).toEqual([question, question]);
  });
});

function example(name: string): string {
  return inCheckout(`manifests/${name}/ha.yaml`);
}

/** A node of the cluster, prepared and with the cluster's CA. */
async function member(file = config): Promise<Host> {
  const host = await startHost();
  onTestFinished(() => host.stop());
  const { status, stderr } = await host.shell(`${forms["kubeadm-ha prepare"]("", file)} --init`);
  expect(status, stderr).toBe(0);
  const request = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=kubernetes";
  const line = `mkdir -p /etc/kubernetes/pki && openssl ${request} -out /etc/kubernetes/pki/ca.crt -keyout /run/ca.key && touch /etc/kubernetes/kubelet.conf`;
  await mustRun(host.space, ["sh", "-c", line]);
  return host;
}

async function refused(host: Host, line: string): Promise<string> {
  const before = host.tree();
  const { status, stdout, stderr }: Result = await host.shell(line);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(differences(before, host.tree())).toEqual({});
  expect(stderr).toContain("[preflight] Some fatal errors occurred:\n");
  return stderr;
}

/** What the daemons were asked. */
function questions({ space }: Host): readonly string[] {
  return (read(space, asked) ?? "").split("\n").slice(0, -1);
}

function staged(host: Host): readonly string[] {
  return Object.keys(host.tree()).filter((place) => place.endsWith(".new"));
}

function real(daemon: string): string {
  return `echo "${daemon} $*" >>${asked}; exec ${programs}/${daemon} "$@"`;
}

// The real one, which gets to see a keyword that it does not know.
const older = `for file; do :; done
sed 's/down_timer_adverts/down_timer/' "$file" >/tmp/older.conf
exec ${programs}/keepalived --config-test --use-file /tmp/older.conf`;

// Of two containers with this name the first runs; what runs in it sees our directory.
const crictl = `case "$*" in
'ps --quiet --name ^haproxy$') printf 'c0ffee1\\nc0ffee2\\n' ;;
'ps --quiet --name ^keepalived$' | 'ps --quiet --name ^nginx$') echo decaf ;;
'exec c0ffee1 haproxy '* | 'exec decaf keepalived '* | 'exec decaf nginx '*)
  daemon=$3
  shift 3
  exec "/usr/local/libexec/$daemon" "$@"
  ;;
*) echo "unknown: $*" >&2; exit 70 ;;
esac`;
