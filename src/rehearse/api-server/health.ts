/** How an API server is; one of these as a line on the stub's standard input changes it. */
export const healthStates = ["good", "not-ready", "no-etcd", "etcd-silent"] as const;

export type HealthState = (typeof healthStates)[number];

type HealthPath = "/healthz" | "/livez" | "/readyz";

/** An answer of a health path; "silent": none for now. */
export type HealthAnswer = { readonly status: 200 | 500; readonly text: string } | "silent";

/** Answers a health path as kube-apiserver does, or undefined for another path. `draining` is after SIGTERM. */
export function healthAnswer(
  url: URL,
  { state, draining }: { readonly state: HealthState; readonly draining: boolean },
): HealthAnswer | undefined {
  const path = url.pathname;
  if (path !== "/healthz" && path !== "/livez" && path !== "/readyz") return undefined;
  const excluded = new Set(url.searchParams.getAll("exclude"));
  const asked = (checks: readonly string[]): readonly string[] => checks.filter((check) => !excluded.has(check));

  // What is known to be bad is said only after every check was asked, and etcd keeps that waiting.
  if (state === "etcd-silent" && asked(etcdChecks(path)).length > 0) return "silent";
  const failing = asked([
    ...(draining && path === "/readyz" ? ["shutdown"] : []),
    ...(state === "not-ready" && path === "/readyz" ? ["informer-sync"] : []),
    ...(state === "no-etcd" ? etcdChecks(path) : []),
  ]);
  if (failing.length === 0) return { status: 200, text: "ok" };
  const lines = failing.map((check) => `[-]${check} failed: reason withheld\n`);
  return { status: 500, text: `${lines.join("")}${path.slice(1)} check failed\n` };
}

/** The names by which `exclude` knows what asks etcd. */
function etcdChecks(path: HealthPath): readonly string[] {
  return path === "/readyz" ? ["etcd", "etcd-readiness"] : ["etcd"];
}
