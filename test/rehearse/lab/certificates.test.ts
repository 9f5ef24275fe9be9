import { expect, it } from "vitest";

import { certificateFiles } from "../../../src/rehearse/lab/certificates.ts";

const certificates = { ca: "CA", servers: { cp1: { certificate: "C", key: "K" } } };

it("puts certificates where kubeadm has them and where the configuration looks for them", () => {
  const text =
    "bind :443 ssl crt /etc/haproxy/site.pem\n server a 192.0.2.1:6443 check ca-file /etc/haproxy/ca.crt\n# crt /not/this\n";
  const files = certificateFiles(certificates, {
    name: "cp1",
    files: [{ path: "/etc/haproxy/haproxy.cfg", mode: 0o644, text }],
  });
  expect(files.map(({ path, text: content }) => [path, content])).toEqual([
    ["/etc/kubernetes/pki/ca.crt", "CA"],
    ["/etc/kubernetes/pki/apiserver.crt", "C"],
    ["/etc/kubernetes/pki/apiserver.key", "K"],
    ["/etc/haproxy/site.pem", "CK"],
    ["/etc/haproxy/ca.crt", "CA"],
  ]);
});

it("leaves a certificate that was brought along", () => {
  const files = certificateFiles(certificates, {
    name: "cp1",
    files: [
      { path: "/etc/haproxy/haproxy.cfg", mode: 0o644, text: " server a b ca-file /etc/haproxy/ca.crt\n" },
      { path: "/etc/haproxy/ca.crt", mode: 0o644, text: "theirs" },
    ],
  });
  expect(files.map(({ path }) => path)).not.toContain("/etc/haproxy/ca.crt");
});
