import type { HaproxyProxy, Keyword } from "../../model/balancer.ts";
import type { Located } from "../../model/located.ts";

/** How a proxy asks whether its servers work. */
export interface HealthCheck {
  /** `connect` asks for nothing but a connection. */
  readonly kind: "http" | "tcp" | "connect" | "other";
  /** The `option` that says so. */
  readonly keyword: Located<string> | undefined;
  readonly method: string;
  /** Undefined where nothing is said: haproxy asks for `/` then. */
  readonly uri: Located<string> | undefined;
  /** `http-check expect`. */
  readonly expect: Located<string> | undefined;
  /** `http-check connect` or `tcp-check connect` with `ssl`. */
  readonly tls: Located<string> | undefined;
  readonly sni: Located<string> | undefined;
  /** Whether the check goes to a port of its own. */
  readonly ownPort: boolean;
  /** Whether a sequence of `tcp-check` asks one of the API server's health endpoints. */
  readonly asksByHand: boolean;
}

/** Reads the check of a proxy. https://docs.haproxy.org/3.0/configuration.html#4.2-option%20httpchk */
export function healthCheckOf({ keywords }: HaproxyProxy): HealthCheck {
  const option = keywords.findLast(({ name }) => checkOptions.has(name.value));
  const kind = option === undefined ? "connect" : (checkOptions.get(option.name.value) ?? "other");
  const rules = keywords.filter(({ name }) => name.value.startsWith(`${kind}-check `));
  const send = rules.findLast(({ name }) => name.value === "http-check send");
  const connect = rules.findLast(({ name }) => name.value.endsWith("-check connect"));
  const [first, second] = kind === "http" ? (option?.arguments ?? []) : [];
  return {
    kind: kind === "tcp" && rules.length === 0 ? "connect" : kind,
    keyword: option?.name,
    method: (send && behind(send, "meth")?.value) ?? (second === undefined ? undefined : first?.value) ?? "OPTIONS",
    uri: (send && (behind(send, "uri") ?? behind(send, "uri-lf"))) ?? second ?? first,
    expect: rules.find(({ name }) => name.value === "http-check expect")?.name,
    tls: connect?.arguments.find(({ value }) => value === "ssl"),
    sni: connect && behind(connect, "sni"),
    ownPort: connect !== undefined && behind(connect, "port") !== undefined,
    asksByHand: kind === "tcp" && rules.some(({ arguments: words }) => words.some(({ value }) => endpoint.test(value))),
  };
}

const checkOptions: ReadonlyMap<string, HealthCheck["kind"]> = new Map([
  ["option httpchk", "http"],
  ["option tcp-check", "tcp"],
  ["option ssl-hello-chk", "other"],
  ["option external-check", "other"],
  ["option ldap-check", "other"],
  ["option mysql-check", "other"],
  ["option pgsql-check", "other"],
  ["option redis-check", "other"],
  ["option smtpchk", "other"],
  ["option spop-check", "other"],
]);

const endpoint = /\/(?:readyz|livez|healthz)\b/;

function behind({ arguments: words }: Keyword, name: string): Located<string> | undefined {
  const at = words.findIndex(({ value }) => value === name);
  return at < 0 ? undefined : words[at + 1];
}
