import type { FileRule } from "../rule.ts";
import { complaints } from "./complaints.ts";

export const KD02: FileRule = {
  id: "KD02",
  name: "endpoint-form",
  scope: "kubeadm",
  severity: "error",
  summary: "Endpoints are HOST or HOST:PORT, IPv6 addresses with a port in brackets.",
  reason:
    "kubeadm refuses a scheme, a path and upper case, and takes fd00::10:6443 for an address without a port (https://github.com/kubernetes/kubernetes/blob/master/cmd/kubeadm/app/util/endpoint.go)",
  remedy: "write an IP address or a DNS name in lower case, then a colon and the port",
  check: (documents, context) => complaints(documents, context, ["endpoint"]),
};
