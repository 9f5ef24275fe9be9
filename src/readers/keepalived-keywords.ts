/**
 * What keepalived 2.0.20 to 2.4 knows, block by block: the names that its sources register with
 * install_keyword in vrrp_parser.c, global_parser.c, check_parser.c and beside them.
 * https://github.com/acassen/keepalived/blob/master/keepalived/vrrp/vrrp_parser.c
 */
export function knownKeywords(block: string): ReadonlySet<string> | undefined {
  return keywords.get(block);
}

/** Whether the lines of a block are values, such as addresses, and not keywords. */
export function holdsValues(keyword: string): boolean {
  return valueBlocks.has(keyword);
}

/** The blocks that know a keyword. */
export function homesOf(keyword: string): readonly string[] {
  return homes.get(keyword) ?? [];
}

const connection = "connect_ip connect_port bindto bind_port bind_if connect_timeout fwmark";
const checker = "retry delay_before_retry warmup delay_loop alpha log_all_failures";
const notify = "notify notify_backup notify_master notify_fault notify_stop";
const tracks = "track_interface track_script track_file track_process track_bfd";
const trackFile = "file weight init_file";
const http =
  `${connection} ${checker} nb_get_retry virtualhost http_protocol enable_sni sni_name fast_recovery ` +
  "tls_compliant url";

const keywords: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    "":
      "SSL bfd_instance child_wait_time garp_group global_defs instance interface_up_down_delays linkbeat_interfaces " +
      "linkbeat_use_polling namespace_with_ipsets net_namespace net_namespace_ipvs static_ipaddress static_routes " +
      "static_rules track_file track_group use_pid_dir virtual_server virtual_server_group vrrp_instance vrrp_script " +
      "vrrp_sync_group vrrp_track_file vrrp_track_process",
    SSL: "ca certificate key password",
    bfd_instance:
      "source_ip neighbor_ip neighbour_ip min_rx min_tx idle_tx multiplier passive ttl hoplimit max_hops multihop " +
      "weight vrrp checker",
    garp_group: "garp_interval gna_interval interface interfaces",
    global_defs:
      "bfd_cpu_affinity bfd_no_swap bfd_priority bfd_process_name bfd_rlimit_rtime bfd_rlimit_rttime bfd_rt_priority " +
      "checker_cpu_affinity checker_log_all_failures checker_no_swap checker_priority checker_process_name " +
      "checker_rlimit_rtime checker_rlimit_rttime checker_rt_priority config_save_dir data_use_instance " +
      "dbus_no_interface_name dbus_service_name default_interface disable_local_igmp dynamic_interfaces enable_dbus " +
      "enable_script_security enable_snmp_checker enable_snmp_keepalived enable_snmp_rfc enable_snmp_rfcv2 " +
      "enable_snmp_rfcv3 enable_snmp_vrrp enable_traps fifo_write_vrrp_states_on_reload include_check iproute_etc_dir " +
      "iproute_usr_dir json_dump_file json_version log_unknown_vrids lvs_flush lvs_flush_on_stop lvs_flush_onstop " +
      "lvs_netlink_cmd_rcv_bufs lvs_netlink_cmd_rcv_bufs_force lvs_netlink_monitor_rcv_bufs " +
      "lvs_netlink_monitor_rcv_bufs_force lvs_notify_fifo lvs_notify_fifo_script lvs_process_name lvs_sync_daemon " +
      "lvs_timeouts max_auto_priority min_auto_priority_delay nftables nftables_counters nftables_ifindex " +
      "nftables_ipvs nftables_ipvs_priority nftables_ipvs_start_fwmark nftables_priority no_checker_emails " +
      "no_email_faults notification_email notification_email_from notify_fifo notify_fifo_script " +
      "process_monitor_rcv_bufs process_monitor_rcv_bufs_force process_name process_names random_seed " +
      "reload_check_config reload_file reload_repeat reload_time_file router_id rs_init_notifies script_user " +
      "set_supplementary_groups shutdown_script shutdown_script_timeout smtp_alert smtp_alert_checker " +
      "smtp_alert_vrrp smtp_connect_timeout smtp_helo_name smtp_server snmp_rs_stats_update_interval snmp_socket " +
      "snmp_vs_stats_update_interval startup_script startup_script_timeout state_dump_file stats_dump_file " +
      "tmp_config_directory umask use_symlink_paths v3_checksum_as_v2 vmac_addr_prefix vmac_prefix " +
      "vrrp_check_unicast_src vrrp_cpu_affinity vrrp_delay_after_boot vrrp_down_timer_adverts vrrp_garp_extra_if " +
      "vrrp_garp_interval vrrp_garp_lower_prio_delay vrrp_garp_lower_prio_repeat vrrp_garp_master_delay " +
      "vrrp_garp_master_refresh vrrp_garp_master_refresh_repeat vrrp_garp_master_repeat vrrp_gna_interval " +
      "vrrp_higher_prio_send_advert vrrp_ipsets vrrp_iptables vrrp_lower_prio_no_advert vrrp_mcast_group4 " +
      "vrrp_mcast_group6 vrrp_min_garp vrrp_netlink_cmd_rcv_bufs vrrp_netlink_cmd_rcv_bufs_force " +
      "vrrp_netlink_monitor_rcv_bufs vrrp_netlink_monitor_rcv_bufs_force vrrp_no_swap vrrp_notify_fifo " +
      "vrrp_notify_fifo_script vrrp_notify_priority_changes vrrp_owner_ignore_adverts vrrp_priority " +
      "vrrp_process_name vrrp_rlimit_rtime vrrp_rlimit_rttime vrrp_rt_priority vrrp_rx_bufs_multiplier " +
      "vrrp_rx_bufs_policy vrrp_skip_check_adv_addr vrrp_startup_delay vrrp_strict vrrp_version " +
      "vrrp_vmac_garp_intvl",
    track_file: trackFile,
    vrrp_track_file: trackFile,
    track_group: "group",
    vrrp_script: "script interval timeout weight rise fall user init_fail",
    vrrp_track_process: "process param_match weight quorum quorum_max delay terminate_delay fork_delay full_command",
    vrrp_sync_group: `group ${tracks} ${notify} smtp_alert global_tracking sync_group_tracking_weight notify_priority_changes`,
    vrrp_instance:
      `${tracks} ${notify} notify_deleted notify_master_rx_lower_pri notify_priority_changes smtp_alert ` +
      "use_vmac use_vmac_addr vmac_xmit_base use_ipvlan unicast_peer unicast_fault_no_peer check_unicast_src " +
      "old_unicast_checksum native_ipv6 state interface vrf dont_track_primary mcast_src_ip unicast_src_ip " +
      "mcast_dst_ip track_src_ip virtual_router_id unicast_ttl version priority advert_int virtual_ipaddress " +
      "virtual_ipaddress_excluded no_virtual_ipaddress promote_secondaries linkbeat_use_polling v3_checksum_as_v2 " +
      "virtual_routes virtual_rules accept no_accept skip_check_adv_addr strict_mode preempt nopreempt preempt_delay " +
      "debug lvs_sync_daemon_interface garp_master_delay garp_master_refresh garp_master_repeat " +
      "garp_master_refresh_repeat garp_lower_prio_delay garp_lower_prio_repeat down_timer_adverts " +
      "timer_expired_backup thread_timer_expired garp_extra_if vmac_garp_intvl lower_prio_no_advert " +
      "higher_prio_send_advert owner_ignore_adverts kernel_rx_buf_size authentication auth_hmac",
    authentication: "auth_type auth_pass",
    auth_hmac: "key active_key time_window anti_replay mode",
    virtual_server:
      "ip_family retry delay_before_retry warmup connect_timeout delay_loop inhibit_on_failure lb_algo lvs_sched " +
      "hashed ops flag-1 flag-2 flag-3 sh-port sh-fallback mh-port mh-fallback lb_kind lvs_method " +
      "persistence_engine persistence_timeout persistence_granularity protocol ha_suspend smtp_alert virtualhost " +
      "snmp_name alpha omega quorum_up quorum_down quorum hysteresis weight sorry_server sorry_server_inhibit " +
      "sorry_server_lvs_method real_server",
    real_server:
      "weight lvs_method uthreshold lthreshold inhibit_on_failure notify_up notify_down alpha retry " +
      "delay_before_retry warmup connect_timeout delay_loop smtp_alert virtualhost snmp_name log_all_failures " +
      `${connection} BFD_CHECK DNS_CHECK FILE_CHECK HTTP_GET MISC_CHECK PING_CHECK SMTP_CHECK SSL_GET TCP_CHECK ` +
      "UDP_CHECK",
    BFD_CHECK: "name alpha",
    DNS_CHECK: `${connection} ${checker} type name`,
    FILE_CHECK: `${connection} ${checker} track_file weight`,
    HTTP_GET: http,
    SSL_GET: http,
    url:
      "path digest status_code virtualhost regex regex_no_match regex_options regex_min_offset regex_max_offset " +
      "regex_stack tls_compliant",
    MISC_CHECK: `${checker} misc_path misc_timeout misc_dynamic user`,
    PING_CHECK: `${connection} ${checker}`,
    SMTP_CHECK: `${connection} ${checker} helo_name host`,
    host: `${connection} ${checker}`,
    TCP_CHECK: `${connection} ${checker}`,
    UDP_CHECK: `${connection} ${checker} payload require_reply min_reply_length max_reply_length`,
  }).map(([block, names]) => [block, new Set(names.split(" "))]),
);

const homes: ReadonlyMap<string, readonly string[]> = new Map(
  [...new Set([...keywords.values()].flatMap((known) => [...known]))].map((keyword) => [
    keyword,
    [...keywords].filter(([block, known]) => known.has(keyword) && block !== "").map(([block]) => block),
  ]),
);

const valueBlocks: ReadonlySet<string> = new Set(
  (
    "static_ipaddress static_routes static_rules group interfaces interface_up_down_delays linkbeat_interfaces " +
    "virtual_server_group unicast_peer virtual_ipaddress virtual_ipaddress_excluded virtual_routes virtual_rules " +
    "track_interface track_script track_file track_process track_bfd notification_email payload lvs_sync_daemon"
  ).split(" "),
);
