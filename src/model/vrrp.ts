import type { FilePosition } from "../findings/finding.ts";
import type { SyntaxProblem } from "../readers/syntax.ts";
import type { Located } from "./located.ts";

/** keepalived.conf as rules and predictions see it. What is absent was not written; defaults are the reader's business where noted. */
export interface KeepalivedModel {
  readonly file: string;
  /** Where the file begins, for what is missing as a whole. */
  readonly start: Located<string>;
  readonly globals: KeepalivedGlobals;
  readonly scripts: readonly VrrpScript[];
  readonly processes: readonly TrackedProcess[];
  readonly files: readonly TrackedFile[];
  readonly instances: readonly VrrpInstance[];
  readonly virtualServers: readonly VirtualServer[];
  /** Keywords that keepalived does not know at that place. */
  readonly unknown: readonly UnknownKeyword[];
  /** Text that a template engine should have replaced. */
  readonly residue: readonly Located<string>[];
  /** What could not be read at all, such as a brace that is missing. */
  readonly problems: readonly SyntaxProblem[];
  /** Paths of includes whose files were not given: what is missing may stand there. */
  readonly unread: readonly Located<string>[];
}

/** A word where keepalived expects one of its keywords. */
export interface UnknownKeyword extends Located<string> {
  /** Keyword of the block that it stands in; empty outside of all blocks. */
  readonly block: string;
  /** Blocks that know it. */
  readonly homes: readonly string[];
}

export interface KeepalivedGlobals {
  /** The keyword `global_defs`, if there is the block. */
  readonly block: Located<string> | undefined;
  readonly routerID: Located<string> | undefined;
  readonly scriptUser: Located<string> | undefined;
  readonly scriptSecurity: Located<boolean> | undefined;
  /** vrrp_version; VRRPv2 where nothing is said. */
  readonly version: Located<number> | undefined;
  readonly strict: Located<boolean> | undefined;
  /** Seconds between repeated gratuitous ARPs of the holder; absent means never. */
  readonly garpRefresh: Located<number> | undefined;
  readonly realtimePriority: Located<number> | undefined;
}

export interface VrrpScript {
  /** Position of the keyword `vrrp_script`. */
  readonly keyword: Located<string>;
  readonly name: Located<string>;
  /** The command line as keepalived runs it. */
  readonly command: Located<string> | undefined;
  /** Seconds; 1 where nothing is said. */
  readonly interval: Located<number> | undefined;
  /** Seconds; the interval where nothing is said. */
  readonly timeout: Located<number> | undefined;
  readonly fall: Located<number> | undefined;
  readonly rise: Located<number> | undefined;
  readonly weight: Located<number> | undefined;
  readonly user: Located<string> | undefined;
  readonly initFail: boolean;
}

export interface TrackedProcess {
  /** Position of the keyword `vrrp_track_process`. */
  readonly keyword: Located<string>;
  readonly name: Located<string>;
  readonly process: Located<string> | undefined;
  /** Seconds; 0 where nothing is said. */
  readonly delay: Located<number> | undefined;
  readonly weight: Located<number> | undefined;
}

export interface TrackedFile {
  /** Position of the keyword `track_file`. */
  readonly keyword: Located<string>;
  readonly name: Located<string>;
  readonly path: Located<string> | undefined;
  readonly weight: Located<number> | undefined;
}

export interface VrrpInstance {
  /** Position of the keyword `vrrp_instance`. */
  readonly keyword: Located<string>;
  /** Where its keywords stand, such as `preempt_delay`. */
  readonly places: ReadonlyMap<string, FilePosition>;
  readonly name: Located<string>;
  readonly state: Located<string> | undefined;
  readonly interface: Located<string> | undefined;
  readonly virtualRouterID: Located<number> | undefined;
  readonly priority: Located<number> | undefined;
  /** Seconds; 1 where nothing is said. */
  readonly advertisementInterval: Located<number> | undefined;
  readonly downTimerAdverts: Located<number> | undefined;
  /** Of this instance; else the global one. */
  readonly version: Located<number> | undefined;
  readonly nopreempt: Located<boolean> | undefined;
  /** Seconds. */
  readonly preemptDelay: Located<number> | undefined;
  readonly unicastSource: Located<string> | undefined;
  readonly multicastSource: Located<string> | undefined;
  /** Undefined without `unicast_peer`. */
  readonly peers: readonly Located<string>[] | undefined;
  readonly checksSource: Located<boolean> | undefined;
  readonly addresses: readonly VirtualAddress[];
  readonly excludedAddresses: readonly VirtualAddress[];
  readonly authentication:
    | {
        readonly keyword: Located<string>;
        readonly type: Located<string> | undefined;
        readonly password: Located<string> | undefined;
      }
    | undefined;
  readonly trackedScripts: readonly Tracking[];
  readonly trackedProcesses: readonly Tracking[];
  readonly trackedFiles: readonly Tracking[];
  readonly trackedInterfaces: readonly Tracking[];
  readonly dontTrackPrimary: Located<boolean> | undefined;
  readonly trackSourceAddress: Located<boolean> | undefined;
  /** Seconds from the gratuitous ARPs of a new holder to those that repeat them; 5 where nothing is said. */
  readonly garpDelay: Located<number> | undefined;
  /** Of this instance; else the global one. */
  readonly garpRefresh: Located<number> | undefined;
}

/** A name in a `track_…` block with the weight that stands there. */
export interface Tracking {
  readonly name: Located<string>;
  readonly weight: Located<number> | undefined;
}

/** An entry of virtual_ipaddress. */
export interface VirtualAddress {
  /** As written, such as 192.168.10.100/24. */
  readonly address: Located<string>;
  readonly device: Located<string> | undefined;
}

/** An LVS service of keepalived. */
export interface VirtualServer {
  readonly keyword: Located<string>;
  readonly address: Located<string>;
  readonly port: Located<number> | undefined;
  readonly method: Located<string> | undefined;
  readonly realServers: readonly { readonly address: Located<string>; readonly port: Located<number> | undefined }[];
}
