import { vipRace, vipRaceText } from "../../kubeadm/vip-race.ts";
import type { FileRule } from "../rule.ts";
import { documentOf, hitAt, textAt } from "./documents.ts";
import { releaseOf } from "./release.ts";

export const KD12: FileRule = {
  id: "KD12",
  name: "known-version",
  scope: "kubeadm",
  severity: "warning",
  summary: "kubeadm init does not need the virtual IP at the very moment at which the API server answers.",
  reason:
    "some patch releases wait for the local API server only and then go to the endpoint at once (https://github.com/kubernetes/kubeadm/issues/3294)",
  remedy: "install 1.34.8, 1.35.5, 1.36.1 or a later patch release",
  check(documents, context) {
    const document = documentOf(documents, "ClusterConfiguration");
    if (document === undefined || textAt(document, ["controlPlaneEndpoint"]) === undefined) return [];
    const release = releaseOf(documents, context);
    if (vipRace(release) !== "immediate") return [];
    const path = [textAt(document, ["kubernetesVersion"]) === undefined ? "controlPlaneEndpoint" : "kubernetesVersion"];
    const message = `${release.text}: the virtual IP must answer right after the API server (kadm#3294); ${vipRaceText}`;
    return [hitAt({ document, path }, { message, remedy: "install one of these or a later patch release" })];
  },
};
