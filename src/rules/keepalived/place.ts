import type { VrrpInstance, VrrpScript } from "../../model/vrrp.ts";

/** `vrrp_instance kube_api.priority`. */
export function instancePath(instance: VrrpInstance, key?: string): string {
  return join(`vrrp_instance ${instance.name.value}`, key);
}

/** `vrrp_script check.timeout`. */
export function scriptPath(script: VrrpScript, key?: string): string {
  return join(`vrrp_script ${script.name.value}`, key);
}

function join(block: string, key: string | undefined): string {
  return key === undefined ? block : `${block}.${key}`;
}
