/** Where a keyword of haproxy may stand. */
export type KeywordPlace = "global" | "proxy" | "option" | "timeout" | "bind" | "server";

/**
 * The release of haproxy that knows a keyword at a place, 2.2 for all older ones; undefined when none
 * does. Keywords that were taken away are in `removedSince`.
 * From the parsers of the releases 2.2 to 3.4: https://github.com/haproxy/haproxy (src, `haproxy -dKcfg`).
 */
export function knownSince(place: KeywordPlace, word: string): number | undefined {
  if (place === "global" && globalFamilies.test(word)) return 2.2;
  // set-proxy-v2-tlv-fmt(0x20) carries an argument in its name.
  return tables[place].get(word.replace(/\(.*$/, ""));
}

/** The keywords of a place, for suggestions. */
export function keywordsAt(place: KeywordPlace): readonly string[] {
  return [...tables[place].keys()];
}

/** Whether an option of a server or a bind line takes a value. */
export function takesValue(place: "bind" | "server", word: string): boolean {
  return valued[place].has(word);
}

/** Words that begin a section. */
export const haproxySections: ReadonlySet<string> = new Set(
  `global defaults frontend backend listen peers resolvers mailers userlist program cache ring http-errors
  log-forward log-profile fcgi-app crt-store traces acme healthcheck namespace_list`.split(/\s+/),
);

/** What each release added to the words of a place. */
type Since = Readonly<Record<string, string>>;

// Knobs for tuning come and go with every release, and no rule looks at them.
const globalFamilies =
  /^(?:tune\.|51degrees-|deviceatlas-|wurfl-|httpclient\.|ocsp-update\.|acme\.|jwt\.|harden\.|ssl-|profiling\.|cpu-|lua-|h1-|h2-)/;

/** Keywords of `global`. */
const globalWords: Since = {
  "2.2": `
    busy-polling ca-base chroot crt-base daemon description external-check gid grace group hard-stop-after
    insecure-fork-wanted insecure-setuid-wanted issuers-chain-path localpeer log log-send-hostname log-tag
    master-worker max-spread-checks maxcompcpuusage maxcomprate maxconn maxconnrate maxpipes maxsessrate maxsslconn
    maxsslrate maxzlibmem mworker-max-reloads nbthread node noepoll noevports nogetaddrinfo nokqueue nopoll
    noreuseport nosplice pidfile pp2-never-send-local presetenv quiet resetenv server-state-base server-state-file
    set-dumpable setenv spread-checks stats strict-limits uid ulimit-n unix-bind unsetenv user zero-warning`,
  "2.4": `
    default-path expose-experimental-directives numa-cpu-mapping set-var`,
  "2.6": `
    close-spread-time cluster-secret fd-hard-limit no-memory-trimming set-var-fmt thread-group thread-groups`,
  "2.8": `
    anonkey prealloc-fd quick-exit trace`,
  "3.0": `
    expose-deprecated-directives http-err-codes http-fail-codes key-base limited-quic setcap stats-file
    thread-hard-limit`,
  "3.2": `
    debug.counters dns-accept-family force-cfg-parser-pause stress-level warn-blocked-traffic-after`,
  "3.4": `
    max-threads-per-group noktls shm-stats-file shm-stats-file-max-objects`,
};

/** Keywords of `defaults`, `frontend`, `backend` and `listen`. */
const proxyWords: Since = {
  "2.2": `
    acl backlog balance bind capture compression cookie declare default-server default_backend description disabled
    dispatch dynamic-cookie-key email-alert enabled errorfile errorfiles errorloc errorloc302 errorloc303
    external-check filter force-persist fullconn hash-balance-factor hash-type http-after-response http-check
    http-error http-request http-response http-reuse http-send-name-header id ignore-persist
    load-server-state-from-file log log-format log-format-sd log-tag max-keep-alive-queue max-session-srv-conns
    maxconn mode monitor monitor-uri option persist rate-limit redirect retries retry-on server
    server-state-file-name server-template source stats stick stick-table tcp-check tcp-request tcp-response timeout
    transparent unique-id-format unique-id-header use-fcgi-app use-server use_backend`,
  "2.4": `
    clitcpka-cnt clitcpka-idle clitcpka-intvl srvtcpka-cnt srvtcpka-idle srvtcpka-intvl`,
  "2.6": `
    error-log-format`,
  "3.0": `
    guid log-balance`,
  "3.2": `
    hash-preserve-affinity log-steps quic-initial ssl-f-use`,
  "3.4": `
    filter-sequence force-be-switch`,
};

/** What follows `option`. */
const optionWords: Since = {
  "2.2": `
    abortonclose accept-invalid-http-request accept-invalid-http-response allbackups checkcache clitcpka contstats
    disable-h2-upgrade dontlog-normal dontlognull external-check forwardfor h1-case-adjust-bogus-client
    h1-case-adjust-bogus-server http-buffer-request http-ignore-probes http-keep-alive http-no-delay
    http-pretend-keepalive http-server-close http-use-proxy-header httpchk httpclose httplog independent-streams
    ldap-check log-health-checks log-separate-errors logasap mysql-check nolinger originalto persist pgsql-check
    prefer-last-server redis-check redispatch smtpchk socket-stats splice-auto splice-request splice-response
    spop-check srvtcpka ssl-hello-chk tcp-check tcp-smart-accept tcp-smart-connect tcpka tcplog transparent`,
  "2.6": `
    http-restrict-req-hdr-names httpslog idle-close-on-response`,
  "2.8": `
    forwarded`,
  "3.2": `
    accept-unsafe-violations-in-http-request accept-unsafe-violations-in-http-response assume-rfc6587-ntf
    dont-parse-log http-drop-request-trailers http-drop-response-trailers`,
  "3.4": `
    use-small-buffers`,
};

/** What follows `timeout`. */
const timeoutWords: Since = {
  "2.2": `
    check client client-fin connect http-keep-alive http-request queue server server-fin tarpit tunnel`,
  "3.0": `
    client-hs`,
};

/** Options of a server without a value. */
const serverSwitches: Since = {
  "2.2": `
    agent-check allow-0rtt backup check check-send-proxy check-ssl check-via-socks4 disabled enabled force-sslv3
    force-tlsv10 force-tlsv11 force-tlsv12 force-tlsv13 no-agent-check no-backup no-check no-check-send-proxy
    no-check-ssl no-send-proxy no-send-proxy-v2 no-send-proxy-v2-ssl no-send-proxy-v2-ssl-cn no-ssl no-ssl-reuse
    no-sslv3 no-tfo no-tls-tickets no-tlsv10 no-tlsv11 no-tlsv12 no-tlsv13 non-stick send-proxy send-proxy-v2
    send-proxy-v2-ssl send-proxy-v2-ssl-cn ssl ssl-reuse stick tfo tls-tickets`,
  "3.2": `
    check-reuse-pool no-check-reuse-pool renegotiate strict-maxconn`,
  "3.4": `
    check-sni-auto no-check-sni-auto no-renegotiate no-sni-auto sni-auto`,
};

/** Options of a server with a value. */
const serverValues: Since = {
  "2.2": `
    addr agent-addr agent-inter agent-port agent-send alpn ca-file check-alpn check-proto check-sni ciphers
    ciphersuites cookie crl-file crt downinter error-limit fall fastinter id init-addr inter interface
    log-proto max-reuse maxconn maxqueue minconn namespace npn observe on-error on-marked-down on-marked-up
    pool-low-conn pool-max-conn pool-purge-delay port proto proxy-v2-options redir resolve-net resolve-opts
    resolve-prefer resolvers rise slowstart sni socks4 source ssl-max-ver ssl-min-ver tcp-ut track verify verifyhost
    usesrc weight`,
  "2.6": `
    ws`,
  "2.8": `
    client-sigalgs quic-cc-algo shard sigalgs`,
  "3.0": `
    curves guid hash-key log-bufsize pool-conn-name set-proxy-v2-tlv-fmt`,
  "3.2": `
    check-pool-conn-name idle-ping init-state`,
  "3.4": `
    cc healthcheck ktls tcp-md5sig`,
};

/** Options of a bind line without a value. */
const bindSwitches: Since = {
  "2.2": `
    accept-proxy allow-0rtt defer-accept force-sslv3 force-tlsv10 force-tlsv11 force-tlsv12 force-tlsv13
    generate-certificates no-ca-names no-sslv3 no-tls-tickets no-tlsv10 no-tlsv11 no-tlsv12 no-tlsv13
    prefer-client-ciphers ssl strict-sni tfo transparent v4v6 v6only`,
  "2.6": `
    quic-force-retry`,
  "2.8": `
    no-alpn`,
  "3.2": `
    no-strict-sni tls-tickets`,
};

/** Options of a bind line with a value. */
const bindValues: Since = {
  "2.2": `
    accept-netscaler-cip alpn backlog ca-file ca-ignore-err ca-sign-file ca-sign-pass ca-verify-file ciphers
    ciphersuites crl-file crt crt-ignore-err crt-list curves ecdhe expose-fd gid group id interface level maxconn
    mode mss name namespace nice npn proto severity-output ssl-max-ver ssl-min-ver tcp-ut thread tls-ticket-keys uid
    user verify`,
  "2.6": `
    shards`,
  "2.8": `
    client-sigalgs quic-cc-algo sigalgs`,
  "3.0": `
    default-crt guid-prefix nbconn quic-socket`,
  "3.2": `
    idle-ping label`,
  "3.4": `
    cc ech ktls tcp-md5sig tcp-ss`,
};

const tables: Readonly<Record<KeywordPlace, ReadonlyMap<string, number>>> = {
  global: tableOf(globalWords),
  proxy: tableOf(proxyWords),
  option: tableOf(optionWords),
  timeout: tableOf(timeoutWords),
  server: tableOf(serverSwitches, serverValues),
  bind: tableOf(bindSwitches, bindValues),
};

const valued = { server: tableOf(serverValues), bind: tableOf(bindValues) };

function tableOf(...parts: readonly Since[]): ReadonlyMap<string, number> {
  return new Map(
    parts.flatMap((part) =>
      Object.entries(part).flatMap(([release, words]) =>
        words
          .trim()
          .split(/\s+/)
          .map((word) => [word, Number(release)] as const),
      ),
    ),
  );
}
