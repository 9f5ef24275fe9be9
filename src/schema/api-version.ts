import { apiVersionsOf, kindNames, lines, minorsWith } from "./table.ts";
import { endings } from "./table.generated.ts";

/** What is to be said of the API version of an object. */
export type ApiVersionNews =
  | { readonly state: "gone" | "not yet" | "deprecated"; readonly message: string; readonly remedy: string }
  | { readonly state: "no such kind"; readonly message: string; readonly remedy: string }
  | { readonly state: "current" }
  /** Not of Kubernetes itself: a custom resource, or an aggregated API. */
  | { readonly state: "foreign" };

/** Whether a minor of Kubernetes serves a kind in this version, and for how long. */
export function apiVersionNews(served: ServedKind, minor: number): ApiVersionNews {
  const key = [minor, served.apiVersion, served.kind].join("\n");
  const news = known.get(key) ?? findNews(served, minor);
  known.set(key, news);
  return news;
}

interface ServedKind {
  readonly apiVersion: string;
  readonly kind: string;
}

const known = new Map<string, ApiVersionNews>();

function findNews({ apiVersion, kind }: ServedKind, minor: number): ApiVersionNews {
  const ending = endingOf(apiVersion, kind);
  const minors = minorsWith(apiVersion, kind);
  const name = `${kind} of ${apiVersion}`;
  if (minors.includes(minor)) {
    if (ending === undefined || ending.deprecated === 0 || ending.deprecated > minor) return { state: "current" };
    const until = ending.removed > 0 ? ` and goes with 1.${ending.removed}` : "";
    return {
      state: "deprecated",
      message: `${name} is deprecated since 1.${ending.deprecated}${until}`,
      remedy: newer(kind, ending, minor),
    };
  }
  const [first] = minors;
  if (first !== undefined && first > minor)
    return {
      state: "not yet",
      message: `Kubernetes 1.${minor} has no ${name}: it comes with 1.${first}`,
      remedy: newer(kind, ending, minor),
    };
  const removed = ending !== undefined && ending.removed <= minor ? ending.removed : (minors.at(-1) ?? 0) + 1;
  if (first !== undefined || (ending !== undefined && ending.removed <= minor))
    return {
      state: "gone",
      message: `Kubernetes has had no ${name} since 1.${removed}`,
      remedy: newer(kind, ending, minor),
    };
  if (isBuiltIn(apiVersion))
    return {
      state: "no such kind",
      message: `${apiVersion} has no kind ${kind}`,
      remedy: otherVersion({ apiVersion, kind }, minor),
    };
  return { state: "foreign" };
}

// Groups of the project have its domain, or no dot at all.
function isBuiltIn(apiVersion: string): boolean {
  return kindNames(apiVersion).length > 0;
}

interface Ending {
  readonly deprecated: number;
  readonly removed: number;
  readonly replacement: string | undefined;
}

function endingOf(apiVersion: string, kind: string): Ending | undefined {
  const text = lines(endings).find((line) => line.startsWith(`${apiVersion} ${kind} `));
  if (text === undefined || apiVersion.includes(" ") || kind.includes(" ")) return undefined;
  const [, , deprecated, removed, newVersion, newKind] = text.split(" ");
  const replacement = newVersion === undefined ? undefined : `${newVersion} ${newKind}`;
  return { deprecated: Number(deprecated), removed: Number(removed), replacement };
}

function newer(kind: string, ending: Ending | undefined, minor: number): string {
  const [version, newKind] = ending?.replacement?.split(" ") ?? [];
  if (version !== undefined && newKind !== undefined && minorsWith(version, newKind).includes(minor))
    return newKind === kind ? `write apiVersion: ${version}` : `use ${newKind} of ${version}`;
  const versions = apiVersionsOf(kind, minor);
  return versions.length > 0 ? `write apiVersion: ${versions.join(" or ")}` : "leave it out; nothing takes its place";
}

function otherVersion({ apiVersion, kind }: ServedKind, minor: number): string {
  const versions = apiVersionsOf(kind, minor);
  if (versions.length > 0) return `write apiVersion: ${versions.join(" or ")}`;
  const names = kindNames(apiVersion).filter((name) => !name.endsWith("List"));
  const folded = names.find((name) => name.toLowerCase() === kind.toLowerCase());
  return folded === undefined ? `write one of ${names.join(", ")}` : `write ${folded}`;
}
