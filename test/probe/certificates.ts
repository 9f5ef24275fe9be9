import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll } from "vitest";

/** Made by openssl for one file of tests: an authority, and a server's certificate for `kubernetes` and loopback. */
export interface TestCertificates {
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

/** They go with the tests that wanted them. */
export function makeCertificates(): TestCertificates {
  const directory = mkdtempSync(join(tmpdir(), "kubeadm-ha-probe-"));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  const openssl = (words: string): unknown =>
    execFileSync("openssl", words.split(" "), { cwd: directory, stdio: ["ignore", "ignore", "pipe"] });
  // Elliptic keys: a handshake costs a tenth of RSA's.
  const key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes";
  openssl(`req -x509 ${key} -keyout authority.key -out authority.crt -subj /CN=authority -days 2`);
  const names = "subjectAltName=DNS:kubernetes,DNS:localhost,IP:127.0.0.1,IP:::1";
  openssl(`req ${key} -keyout server.key -out server.csr -subj /CN=kube-apiserver -addext ${names}`);
  openssl(
    "x509 -req -in server.csr -CA authority.crt -CAkey authority.key -set_serial 2 -days 2 -copy_extensions copy -out server.crt",
  );
  const path = (name: string): string => join(directory, name);
  return { authority: path("authority.crt"), certificate: path("server.crt"), key: path("server.key") };
}
