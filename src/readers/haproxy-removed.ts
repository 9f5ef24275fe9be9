import type { KeywordPlace } from "./haproxy-keywords.ts";

/** A keyword that haproxy refuses today. */
export interface RemovedKeyword {
  /** First release that refuses it. */
  readonly release: number;
  readonly instead: string;
}

/**
 * What became of a keyword that older releases knew.
 * From the alerts in src/cfgparse-listen.c, src/cfgparse-global.c, src/listener.c and src/proxy.c of
 * https://github.com/haproxy/haproxy.
 */
export function removedSince(place: KeywordPlace, word: string): RemovedKeyword | undefined {
  const ofPlace = removed[place];
  return ofPlace !== undefined && Object.hasOwn(ofPlace, word) ? ofPlace[word] : undefined;
}

const headers = (instead: string): RemovedKeyword => ({ release: 2.1, instead: `use \`${instead}\`` });
const gone = (release: number, instead: string): RemovedKeyword => ({ release, instead });

const removed: Partial<Record<KeywordPlace, Partial<Record<string, RemovedKeyword>>>> = {
  global: {
    nbproc: gone(2.5, "remove it: haproxy uses threads by itself, `nbthread` limits them"),
    debug: gone(2.3, "remove it, or start haproxy with -d"),
    "tune.chksize": gone(2.5, "remove it: `tune.bufsize` is used instead"),
  },
  proxy: {
    appsession: gone(1.6, "remove it: there is no session to remember for an API server"),
    "bind-process": gone(2.7, "remove it: there is one process"),
    block: headers("http-request deny"),
    clitimeout: headers("timeout client"),
    contimeout: headers("timeout connect"),
    srvtimeout: headers("timeout server"),
    grace: gone(2.5, "remove it: `grace` stands in global since 2.4"),
    "monitor-net": gone(2.3, "use `http-request return status 200 if { src NETWORK }`"),
    redisp: headers("option redispatch"),
    redispatch: headers("option redispatch"),
    reqadd: headers("http-request add-header"),
    reqallow: headers("http-request allow"),
    reqdel: headers("http-request del-header"),
    reqdeny: headers("http-request deny"),
    reqiallow: headers("http-request allow"),
    reqidel: headers("http-request del-header"),
    reqideny: headers("http-request deny"),
    reqipass: gone(2.1, "remove it"),
    reqirep: headers("http-request replace-header"),
    reqitarpit: headers("http-request tarpit"),
    reqpass: gone(2.1, "remove it"),
    reqrep: headers("http-request replace-path"),
    reqtarpit: headers("http-request tarpit"),
    rspadd: headers("http-response add-header"),
    rspdel: headers("http-response del-header"),
    rspdeny: headers("http-response deny"),
    rspidel: headers("http-response del-header"),
    rspideny: headers("http-response deny"),
    rspirep: headers("http-response replace-header"),
    rsprep: headers("http-response replace-header"),
  },
  option: {
    forceclose: gone(2.0, "remove it, or use `option httpclose`"),
    "http-tunnel": gone(2.1, "remove it"),
    "http-use-htx": gone(2.5, "remove it"),
    http_proxy: gone(2.5, "remove it"),
  },
  timeout: {
    clitimeout: headers("timeout client"),
    contimeout: headers("timeout connect"),
    srvtimeout: headers("timeout server"),
  },
  bind: { process: gone(2.7, "remove it, or use `thread`") },
};
