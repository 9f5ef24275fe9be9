import type { KubeadmDocument } from "../config/kubeadm-documents.ts";
import type { ClusterSpec } from "../config/spec.ts";
import { readYaml } from "../yaml/read.ts";
import { toYaml } from "../yaml/write.ts";
import { apiVersionOf } from "./api-version.ts";

/** An InitConfiguration that says nothing but the port: where nodes keep what --apiserver-bind-port said. */
export function bindPortDocument(spec: ClusterSpec): KubeadmDocument {
  const apiVersion = apiVersionOf(spec, kind);
  const text = toYaml({ apiVersion, kind, localAPIEndpoint: { bindPort: spec.apiServerPort } });
  const [source] = readYaml("", text).documents;
  if (source === undefined) throw new Error(`not a document: ${text}`);
  return { apiVersion, kind, source };
}

/** Whether a document is such a one: it has nothing of the user's that a document of ours would lack. */
export function isBindPortDocument({ apiVersion, source: { text, value } }: KubeadmDocument): boolean {
  const port = /^\s*bindPort: ([1-9]\d*)\s*$/m.exec(text)?.[1];
  const bare = { apiVersion, kind, localAPIEndpoint: { bindPort: Number(port) } };
  return !text.includes("#") && JSON.stringify(value) === JSON.stringify(bare);
}

const kind = "InitConfiguration";
