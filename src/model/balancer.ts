import type { Located } from "./located.ts";

/** haproxy.cfg as rules and predictions see it: each proxy with what it inherits from its defaults. */
export interface HaproxyModel {
  readonly file: string;
  /** Where the file begins, for what is missing as a whole. */
  readonly start: Located<string>;
  readonly globals: {
    readonly block: Located<string> | undefined;
    readonly maxConnections: Located<number> | undefined;
    /** Every keyword of the section with its arguments. */
    readonly keywords: readonly Keyword[];
  };
  readonly proxies: readonly HaproxyProxy[];
  /** Every section that rules know, `defaults` too, with what is written in it. */
  readonly sections: readonly HaproxySection[];
  /** Keywords that haproxy does not know in their section, those that it has given up included. */
  readonly unknown: readonly PlacedWord[];
  readonly residue: readonly Located<string>[];
}

/** A section as it stands in the file: nothing is inherited. */
export interface HaproxySection {
  readonly kind: Located<"global" | "defaults" | "frontend" | "backend" | "listen">;
  readonly name: Located<string> | undefined;
  /** The `defaults` section that it names behind `from`. */
  readonly from: Located<string> | undefined;
  readonly keywords: readonly Keyword[];
}

/** A word that haproxy looks up, and where: `option`, say, for the words behind `option`. */
export interface PlacedWord extends Located<string> {
  readonly place: "global" | "proxy" | "option" | "timeout" | "bind" | "server";
}

export interface Keyword {
  /** `option redispatch` is one keyword. */
  readonly name: Located<string>;
  readonly arguments: readonly Located<string>[];
  /** Whether it stands in a `defaults` section that the proxy uses. */
  readonly inherited: boolean;
}

export interface HaproxyProxy {
  /** `frontend`, `backend` or `listen`, with the position of that word. */
  readonly kind: Located<"frontend" | "backend" | "listen">;
  readonly name: Located<string>;
  /** Milliseconds by name, such as `connect`; inherited ones too. */
  readonly timeouts: ReadonlyMap<string, Located<number>>;
  /** tcp where nothing is said. */
  readonly mode: Located<string> | undefined;
  readonly balance: Located<string> | undefined;
  readonly binds: readonly HaproxyBind[];
  readonly servers: readonly HaproxyServer[];
  readonly keywords: readonly Keyword[];
  /** Backends that a frontend or listen leads to, by name. */
  readonly backends: readonly Located<string>[];
}

export interface HaproxyBind {
  /** As written, such as 0.0.0.0:8443 or :::8443. */
  readonly address: Located<string>;
  readonly port: number | undefined;
  /** The last one of a range, else the same. */
  readonly lastPort: number | undefined;
  readonly options: readonly Located<string>[];
}

export interface HaproxyServer {
  /** Position of the keyword `server` (or server-template). */
  readonly keyword: Located<string>;
  readonly name: Located<string>;
  /** As written, such as 192.168.10.11:6443. */
  readonly address: Located<string>;
  /** Without port, prefix and brackets: an IP address or a name. */
  readonly host: string;
  readonly port: number | undefined;
  /** Options by name with their value ("" for switches), those of default-server included. */
  readonly options: ReadonlyMap<string, Located<string>>;
}

/** nginx.conf as rules and predictions see it. */
export interface NginxModel {
  readonly file: string;
  readonly start: Located<string>;
  /** What `load_module` names. */
  readonly modules: readonly Located<string>[];
  /** Files that are included but were not given: what stands in them is unknown. */
  readonly includes: readonly Located<string>[];
  /** The first of events, http and stream: behind it no module can be loaded. */
  readonly firstBlock: Located<string> | undefined;
  /** worker_processes; 1 where nothing is said. */
  readonly workers: Located<string> | undefined;
  /** The keyword `stream`, if there is the block. */
  readonly stream: Located<string> | undefined;
  readonly upstreams: readonly NginxUpstream[];
  readonly servers: readonly NginxServer[];
  /** Directives of the main context, events and stream that nginx does not know there. */
  readonly unknown: readonly Located<string>[];
  readonly residue: readonly Located<string>[];
}

/** An upstream of the stream module. */
export interface NginxUpstream {
  readonly keyword: Located<string>;
  readonly name: Located<string>;
  readonly method: Located<string> | undefined;
  readonly zone: Located<string> | undefined;
  readonly servers: readonly {
    readonly address: Located<string>;
    readonly maxFails: Located<number> | undefined;
    /** Milliseconds. */
    readonly failTimeout: Located<number> | undefined;
  }[];
}

/** A server of the stream module. */
export interface NginxServer {
  readonly keyword: Located<string>;
  readonly listen: readonly Located<string>[];
  readonly proxyPass: Located<string> | undefined;
  /** Milliseconds; inherited ones too. */
  readonly connectTimeout: Located<number> | undefined;
  /** Milliseconds; inherited ones too. */
  readonly idleTimeout: Located<number> | undefined;
}
