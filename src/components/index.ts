import type { Component } from "./component.ts";
import { external } from "./external/component.ts";
import { haproxy } from "./haproxy/component.ts";
import { hostsEntry } from "./hosts-entry/component.ts";
import { keepalived } from "./keepalived/component.ts";
import { kubeVipCloudProvider } from "./kube-vip-cloud-provider/component.ts";
import { kubeVip } from "./kube-vip/component.ts";
import { lvs } from "./lvs/component.ts";
import { nginx } from "./nginx/component.ts";
import { redirect } from "./redirect/component.ts";
import { workerProxies } from "./worker-proxy/component.ts";

/** All components in the order in which they start: the VIP should find a balancer that answers. */
export const components: readonly Component[] = [
  hostsEntry,
  external,
  haproxy,
  nginx,
  lvs,
  redirect,
  ...workerProxies,
  keepalived,
  kubeVip,
  kubeVipCloudProvider,
];
