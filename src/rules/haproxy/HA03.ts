import { parseAddress } from "../../net/address.ts";
import type { HaproxyModel, HaproxyProxy, HaproxyServer } from "../../model/balancer.ts";
import type { FileRule, Hit } from "../rule.ts";
import { type HealthCheck, healthCheckOf } from "./health-check.ts";
import { manual, oncePerPlace, serverPath } from "./hits.ts";
import { checkingProxies, checksItself } from "./members.ts";

/** The check knows whom it talks to. */
export const HA03: FileRule = {
  id: "HA03",
  name: "verify",
  scope: "haproxy",
  severity: "warning",
  summary: "The health check verifies the API server's certificate and its name.",
  reason: `with \`verify none\` whatever answers on the port passes as an API server; without a name any serving certificate of that CA does, a kubelet's for one; \`verifyhost\` compares DNS names only, so that with an IP address every server is down; ${manual("5.2-verifyhost")}`,
  remedy:
    "write `check-ssl verify required ca-file /etc/kubernetes/pki/ca.crt verifyhost kubernetes`: every certificate that kubeadm makes for an API server has the name kubernetes",
  check: (model, context) =>
    oncePerPlace(
      checkingProxies(model, context).flatMap((proxy) => {
        const check = healthCheckOf(proxy);
        const hits = proxy.servers
          .filter(checksItself)
          .flatMap((server) =>
            judge({ model, proxy, server, check }).map((hit) => ({ path: serverPath(proxy, server), ...hit })),
          );
        // Once for the section: mostly all its servers have the same options.
        return hits.toSorted((a, b) => rank(a) - rank(b)).slice(0, 1);
      }),
    ),
};

function rank({ severity }: Hit): number {
  return severity === "error" ? 0 : 1;
}

interface Subject {
  readonly model: HaproxyModel;
  readonly proxy: HaproxyProxy;
  readonly server: HaproxyServer;
  readonly check: HealthCheck;
}

function judge(subject: Subject): readonly Omit<Hit, "path">[] {
  const { model, server, check } = subject;
  const { options } = server;
  const tls = options.get("check-ssl") ?? options.get("ssl") ?? check.tls;
  if (tls === undefined) return plainHits(subject);
  const verify = options.get("verify");
  const trustsAll = model.globals.keywords.findLast(({ name }) => name.value === "ssl-server-verify")?.arguments[0];
  const none = verify ?? trustsAll;
  if (none?.value === "none")
    return [{ position: none.position, message: "the certificate of the API server is not verified" }];
  const name = options.get("verifyhost");
  if (name !== undefined && parseAddress(name.value) !== undefined) {
    const message = `verifyhost ${name.value} is an IP address, which never matches: every server is down`;
    return [{ position: name.position, message, severity: "error", remedy: "write `verifyhost kubernetes`" }];
  }
  if (!options.has("ca-file")) {
    const message = "the certificate is to be verified but no ca-file is given, so haproxy does not start";
    return [{ position: (verify ?? tls).position, message, severity: "error" }];
  }
  if (name !== undefined || options.has("check-sni") || check.sni !== undefined) return [];
  const message = "no name is verified, so every certificate of that CA passes";
  return [{ position: server.keyword.position, message, remedy: "add `verifyhost kubernetes`" }];
}

// The API server answers plain HTTP with 400.
function plainHits({ server, check }: Subject): readonly Omit<Hit, "path">[] {
  const { options, port } = server;
  if (check.kind !== "http" || check.ownPort || options.has("port") || options.has("addr") || port === undefined)
    return [];
  return [
    {
      position: check.keyword?.position ?? server.keyword.position,
      message: `the check speaks plain HTTP to port ${port}, which speaks TLS: every server is down`,
      severity: "error",
    },
  ];
}
