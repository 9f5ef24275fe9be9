import { bootstrapCredential } from "./rules/bootstrap-credential.ts";
import { daemonSetBootstrap } from "./rules/daemon-set-bootstrap.ts";
import { poolsOutsideSubnets } from "./rules/pools-outside-subnets.ts";
import { strictARP } from "./rules/strict-arp.ts";
import { flowDocument } from "./rules/flow-document.ts";
import { serviceNetworkFamily } from "./rules/service-network-family.ts";
import { kubernetesSupported } from "./rules/kubernetes-supported.ts";
import type { Rule } from "../config/rule.ts";
import { acceptedVersion } from "./rules/accepted-version.ts";
import { redundantNames } from "./rules/certificate-names.ts";
import { conflicts } from "./rules/conflicts.ts";
import { credentials } from "./rules/credentials.ts";
import { featureGates } from "./rules/feature-gates.ts";
import { foreignFields } from "./rules/foreign-fields.ts";
import { anonymousAuth, certificatesDir } from "./rules/health-checks.ts";
import { joinEndpoint } from "./rules/join-endpoint.ts";
import { advertiseAddress, criSocket } from "./rules/local-endpoint.ts";
import { mergeKeys, oneOfAKind, reservedMarker } from "./rules/one-of-a-kind.ts";
import { documentShape } from "./rules/shape.ts";
import { shutdownDelay } from "./rules/shutdown-delay.ts";
import { subnets, vipOutsideSubnets } from "./rules/subnets.ts";
import { unknownKind } from "./rules/unknown-kind.ts";
import { vipRaceRule } from "./rules/vip-race.ts";

/** What kubeadm asks of its documents, and what must agree between them and the HAConfiguration. */
export const kubeadmRules: readonly Rule[] = [
  kubernetesSupported,
  acceptedVersion,
  unknownKind,
  oneOfAKind,
  documentShape,
  foreignFields,
  mergeKeys,
  reservedMarker,
  conflicts,
  advertiseAddress,
  criSocket,
  joinEndpoint,
  certificatesDir,
  anonymousAuth,
  redundantNames,
  credentials,
  subnets,
  vipOutsideSubnets,
  featureGates,
  shutdownDelay,
  vipRaceRule,
  serviceNetworkFamily,
  flowDocument,
  bootstrapCredential,
  poolsOutsideSubnets,
  strictARP,
  daemonSetBootstrap,
];
