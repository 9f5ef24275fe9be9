import { UserError } from "../errors.ts";
import type { Io } from "../host/io.ts";
import type { Options } from "./options.ts";

/** The text that --ca-cert names; undefined without it. */
export function caCertificate(options: Options, io: Io): string | undefined {
  const path = options["ca-cert"];
  if (path === undefined) return undefined;
  const text = io.read(path);
  if (text.includes("PRIVATE KEY"))
    throw new UserError(
      `${path} holds a private key: --ca-cert wants the certificate alone, /etc/kubernetes/pki/ca.crt`,
    );
  if (!/^-----BEGIN CERTIFICATE-----\n(?:[\w+/=]+\n)+-----END CERTIFICATE-----$/m.test(text.replaceAll("\r", "")))
    throw new UserError(
      `${path} is no certificate in PEM: --ca-cert wants /etc/kubernetes/pki/ca.crt of a control-plane node`,
    );
  return text.endsWith("\n") ? text : `${text}\n`;
}
