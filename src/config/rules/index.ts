import type { DraftRule, Rule } from "../rule.ts";
import { addressFamilies } from "./address-families.ts";
import { balancerKeys } from "./balancer-keys.ts";
import { controlPlaneCount } from "./control-plane-count.ts";
import { duplicateNode } from "./duplicate-node.ts";
import { endpointServed } from "./endpoint-served.ts";
import { extraPorts } from "./extra-ports.ts";
import { haproxyTiming } from "./haproxy-timing.ts";
import { hostPlacement } from "./host-placement.ts";
import { hostVersions } from "./host-versions.ts";
import { hostsEntry } from "./hosts-entry.ts";
import { keepalivedKey } from "./keepalived-key.ts";
import { keepalivedTiming } from "./keepalived-timing.ts";
import { kubeVipBlindSpots } from "./kube-vip-blind-spots.ts";
import { kubeVipEnvironment } from "./kube-vip-environment.ts";
import { kubeVipImage } from "./kube-vip-image.ts";
import { kubeVipRelease } from "./kube-vip-release.ts";
import { kubeVipBGP } from "./kube-vip-bgp.ts";
import { kubeVipElection } from "./kube-vip-election.ts";
import { kubeVipAddress } from "./kube-vip-address.ts";
import { kubeVipIPVS } from "./kube-vip-ipvs.ts";
import { singleAddressLength } from "./single-address-length.ts";
import { distribution } from "./distribution.ts";
import { kubeVipDaemonSet } from "./kube-vip-daemon-set.ts";
import { addressPools } from "./address-pools.ts";
import { poolForm } from "./pool-form.ts";
import { kubeVipMode } from "./kube-vip-mode.ts";
import { kubeVipPassword } from "./kube-vip-password.ts";
import { leaseOrder } from "./lease-order.ts";
import { loadBalancerNodes } from "./load-balancer-nodes.ts";
import { lvs } from "./lvs.ts";
import { lvsTopology } from "./lvs-topology.ts";
import { nginxTiming } from "./nginx-timing.ts";
import { nodeRanks } from "./node-ranks.ts";
import { notBuilt } from "./not-built.ts";
import { patchTarget } from "./patch-target.ts";
import { portClash } from "./port-clash.ts";
import { redirect } from "./redirect.ts";
import { vipIsNodeAddress } from "./vip-is-node-address.ts";
import { vipNetwork } from "./vip-network.ts";
import { virtualIPMissing } from "./virtual-ip-missing.ts";

export const draftRules: readonly DraftRule[] = [
  lvsTopology,
  notBuilt,
  virtualIPMissing,
  balancerKeys,
  kubeVipMode,
  kubeVipPassword,
];

export const configurationRules: readonly Rule[] = [
  controlPlaneCount,
  duplicateNode,
  loadBalancerNodes,
  hostPlacement,
  hostVersions,
  nodeRanks,
  addressFamilies,
  vipIsNodeAddress,
  vipNetwork,
  singleAddressLength,
  endpointServed,
  portClash,
  redirect,
  lvs,
  hostsEntry,
  extraPorts,
  keepalivedTiming,
  keepalivedKey,
  haproxyTiming,
  nginxTiming,
  kubeVipImage,
  kubeVipRelease,
  kubeVipBGP,
  kubeVipElection,
  kubeVipAddress,
  kubeVipIPVS,
  kubeVipDaemonSet,
  distribution,
  poolForm,
  addressPools,
  leaseOrder,
  kubeVipEnvironment,
  kubeVipBlindSpots,
  patchTarget,
];
