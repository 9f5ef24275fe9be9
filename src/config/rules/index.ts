import type { DraftRule, Rule } from "../rule.ts";
import { addressFamilies } from "./address-families.ts";
import { controlPlaneCount } from "./control-plane-count.ts";
import { duplicateNode } from "./duplicate-node.ts";
import { endpointServed } from "./endpoint-served.ts";
import { haproxyTiming } from "./haproxy-timing.ts";
import { keepalivedTiming } from "./keepalived-timing.ts";
import { kubeVipBlindSpots } from "./kube-vip-blind-spots.ts";
import { kubeVipEnvironment } from "./kube-vip-environment.ts";
import { kubeVipImage } from "./kube-vip-image.ts";
import { leaseOrder } from "./lease-order.ts";
import { loadBalancerNodes } from "./load-balancer-nodes.ts";
import { nodeRanks } from "./node-ranks.ts";
import { notBuilt } from "./not-built.ts";
import { portClash } from "./port-clash.ts";
import { vipIsNodeAddress } from "./vip-is-node-address.ts";
import { vipNetwork } from "./vip-network.ts";
import { virtualIPMissing } from "./virtual-ip-missing.ts";

export const draftRules: readonly DraftRule[] = [notBuilt, loadBalancerNodes, virtualIPMissing];

export const configurationRules: readonly Rule[] = [
  controlPlaneCount,
  duplicateNode,
  nodeRanks,
  addressFamilies,
  vipIsNodeAddress,
  vipNetwork,
  endpointServed,
  portClash,
  keepalivedTiming,
  haproxyTiming,
  kubeVipImage,
  leaseOrder,
  kubeVipEnvironment,
  kubeVipBlindSpots,
];
