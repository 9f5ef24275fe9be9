/** The contexts of nginx.conf that are read. */
export type NginxContext = "main" | "events" | "stream" | "server" | "upstream";

/**
 * Whether nginx knows a directive in a context, its own modules and those of the commercial release
 * together. From the commands in src/core, src/event and src/stream: https://github.com/nginx/nginx.
 */
export function knowsDirective(context: NginxContext, name: string): boolean {
  return directives[context].has(name) || /^(?:js|otel|zone_sync)_/.test(name);
}

const common = `include access_log allow deny error_log health_check health_check_timeout keyval limit_conn
  limit_conn_dry_run limit_conn_log_level match open_log_file_cache preread_buffer_size preread_timeout proxy_bind
  proxy_buffer_size proxy_connect_timeout proxy_download_rate proxy_downstream_buffer proxy_half_close
  proxy_next_upstream proxy_next_upstream_timeout proxy_next_upstream_tries proxy_protocol proxy_protocol_timeout
  proxy_requests proxy_responses proxy_session_drop proxy_socket_keepalive proxy_socket_rcvbuf proxy_socket_sndbuf
  proxy_ssl proxy_ssl_alpn proxy_ssl_certificate proxy_ssl_certificate_cache proxy_ssl_certificate_key
  proxy_ssl_ciphers proxy_ssl_conf_command proxy_ssl_crl proxy_ssl_name proxy_ssl_password_file proxy_ssl_protocols
  proxy_ssl_server_name proxy_ssl_session_reuse proxy_ssl_trusted_certificate proxy_ssl_verify
  proxy_ssl_verify_depth proxy_timeout proxy_upload_rate proxy_upstream_buffer resolver resolver_timeout
  set_real_ip_from ssl_alpn ssl_certificate ssl_certificate_cache ssl_certificate_compression ssl_certificate_key
  ssl_ciphers ssl_client_certificate ssl_conf_command ssl_crl ssl_dhparam ssl_ecdh_curve ssl_ech_file
  ssl_handshake_timeout ssl_key_log ssl_ocsp ssl_ocsp_cache ssl_ocsp_responder ssl_password_file
  ssl_prefer_server_ciphers ssl_preread ssl_protocols ssl_reject_handshake ssl_session_cache ssl_session_ticket_key
  ssl_session_tickets ssl_session_timeout ssl_stapling ssl_stapling_file ssl_stapling_responder
  ssl_stapling_verify ssl_trusted_certificate ssl_verify_client ssl_verify_depth status_zone tcp_nodelay`;

const directives: Readonly<Record<NginxContext, ReadonlySet<string>>> = {
  main: words(`include daemon debug_points env error_log events google_perftools_profiles http load_module lock_file mail
    master_process mgmt pcre_jit pid quic_bpf ssl_engine ssl_object_cache_inheritable stream thread_pool
    timer_resolution user worker_cpu_affinity worker_priority worker_processes worker_rlimit_core
    worker_rlimit_nofile worker_rlimit_sigpending worker_shutdown_timeout working_directory`),
  events: words(`include accept_mutex accept_mutex_delay acceptex_read connections debug_connection devpoll_changes
    devpoll_events epoll_events eventport_events iocp_threads kqueue_changes kqueue_events multi_accept post_acceptex
    use worker_aio_requests worker_connections`),
  stream: words(`${common} geo geoip2 geoip_city geoip_country geoip_org keyval_zone limit_conn_zone log_format map
    map_hash_bucket_size map_hash_max_size server server_names_hash_bucket_size server_names_hash_max_size
    server_traffic_status_zone split_clients upstream variables_hash_bucket_size variables_hash_max_size`),
  server: words(`${common} listen pass proxy_pass return server_name set zone_sync`),
  upstream: words(`include hash least_conn least_time random resolver resolver_timeout server
    state zone`),
};

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
