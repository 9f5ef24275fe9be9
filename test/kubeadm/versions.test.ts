import { describe, expect, test } from "vitest";

import { behaviour, minorsWhere, newestMinor, oldestMinor } from "../../src/config/kubernetes-behaviour.ts";
import { parseKubernetesVersion } from "../../src/config/kubernetes-version.ts";
import { gateIsValid } from "../../src/kubeadm/feature-gates.ts";
import { vipRace } from "../../src/kubeadm/vip-race.ts";

function version(text: string) {
  const parsed = parseKubernetesVersion(text);
  if (parsed === undefined) throw new Error(text);
  return parsed;
}

describe("behaviour", () => {
  test.each([
    ["1.28.15", "v1beta3", ["v1beta3"], [], false, false],
    ["1.29.0", "v1beta3", ["v1beta3"], [], true, false],
    ["1.30.4", "v1beta3", ["v1beta3"], [], true, false],
    ["1.31.0-rc.1", "v1beta4", ["v1beta3", "v1beta4"], ["v1beta3"], true, false],
    ["1.31.0", "v1beta4", ["v1beta3", "v1beta4"], ["v1beta3"], true, false],
    ["1.32.0", "v1beta4", ["v1beta3", "v1beta4"], ["v1beta3"], true, true],
    ["1.36.3", "v1beta4", ["v1beta3", "v1beta4"], ["v1beta3"], true, true],
    ["1.37.0", "v1beta4", ["v1beta4"], [], true, true],
    ["1.40.0", "v1beta4", ["v1beta4"], [], true, true],
  ])("of %s", (text, apiVersion, accepts, deprecates, superAdmin, hostAliasesWork) => {
    expect(behaviour(version(text))).toMatchObject({ apiVersion, accepts, deprecates, superAdmin, hostAliasesWork });
  });

  test("has a row for every minor", () => {
    for (let minor = oldestMinor; minor <= newestMinor; minor++)
      expect(behaviour(version(`1.${minor}.0`)).minor).toBe(minor);
  });

  test("tells the first and the last minor with a property", () => {
    expect(minorsWhere((row) => row.accepts.includes("v1beta3"))).toEqual({ first: 28, last: 36 });
    expect(minorsWhere((row) => row.anonymousPaths)).toEqual({ first: 32, last: newestMinor });
  });
});

test.each([
  ["1.32.9", "awaited"],
  ["1.33.0", "awaited"],
  ["1.33.11", "awaited"],
  ["1.33.12", "not-needed"],
  ["1.34.0", "awaited"],
  ["1.34.1", "awaited"],
  ["1.34.2", "immediate"],
  ["1.34.7", "immediate"],
  ["1.34.8", "not-needed"],
  ["1.35.0", "immediate"],
  ["1.35.4", "immediate"],
  ["1.35.5", "not-needed"],
  ["1.36.0", "immediate"],
  ["1.36.1", "not-needed"],
  ["1.37.0", "not-needed"],
])("the VIP during init of %s is %s", (text, expected) => {
  expect(vipRace(version(text))).toBe(expected);
});

// The gates that `kubeadm init --help` of each release lists.
test.each([
  [
    30,
    [
      "EtcdLearnerMode",
      "PublicKeysECDSA",
      "RootlessControlPlane",
      "UpgradeAddonsBeforeControlPlane",
      "WaitForAllControlPlaneComponents",
    ],
  ],
  [
    31,
    [
      "ControlPlaneKubeletLocalMode",
      "EtcdLearnerMode",
      "PublicKeysECDSA",
      "RootlessControlPlane",
      "WaitForAllControlPlaneComponents",
    ],
  ],
  [
    34,
    [
      "ControlPlaneKubeletLocalMode",
      "NodeLocalCRISocket",
      "PublicKeysECDSA",
      "RootlessControlPlane",
      "WaitForAllControlPlaneComponents",
    ],
  ],
  [36, ["NodeLocalCRISocket", "PublicKeysECDSA", "RootlessControlPlane"]],
  [37, ["RootlessControlPlane"]],
])("kubeadm 1.%i knows its gates", (minor, known) => {
  const all = [
    "ControlPlaneKubeletLocalMode",
    "EtcdLearnerMode",
    "NodeLocalCRISocket",
    "PublicKeysECDSA",
    "RootlessControlPlane",
    "UpgradeAddonsBeforeControlPlane",
    "WaitForAllControlPlaneComponents",
  ];
  expect(all.filter((gate) => gateIsValid(gate, minor))).toEqual(known);
});
