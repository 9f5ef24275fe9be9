import type { Tracking, VirtualAddress, VrrpInstance } from "../model/vrrp.ts";
import { type BlockValues, blockValues, headOf, located, readNumber } from "./keepalived-values.ts";
import type { Statement, SyntaxProblem, Word } from "./syntax.ts";

interface Blocks {
  readonly instances: readonly Statement[];
  readonly groups: readonly Statement[];
  readonly globals: readonly Statement[];
  readonly problems: SyntaxProblem[];
}

/** Instances with what global_defs and their sync group say for them. */
export function readInstances({ instances, groups, globals, problems }: Blocks): readonly VrrpInstance[] {
  const inherited = blockValues(
    globals.flatMap(({ block }) => block ?? []),
    [],
  );
  return instances.map((statement) => {
    const name = statement.words[1]?.text ?? "";
    const group = groups.find((candidate) => membersOf(candidate).includes(name));
    const own = readInstance(statement, { inherited, problems });
    return group === undefined ? own : withGroup(own, blockValues(group.block ?? [], problems), problems);
  });
}

function readInstance(
  statement: Statement,
  { inherited, problems }: { readonly inherited: BlockValues; readonly problems: SyntaxProblem[] },
): VrrpInstance {
  const [keyword, name] = statement.words as readonly [Word, Word | undefined];
  const values = blockValues(statement.block ?? [], problems);
  const authentication = values.lines("authentication");
  const secrets = authentication && blockValues(authentication, problems);
  return {
    keyword: located(keyword),
    places: new Map((statement.block ?? []).map((inner) => [headOf(inner).text, headOf(inner).position])),
    name: located(name ?? { ...keyword, text: "" }),
    state: values.text("state"),
    interface: values.text("interface"),
    virtualRouterID: values.number("virtual_router_id"),
    priority: values.number("priority"),
    advertisementInterval: values.number("advert_int"),
    downTimerAdverts: values.number("down_timer_adverts") ?? inherited.number("vrrp_down_timer_adverts"),
    version: values.number("version") ?? inherited.number("vrrp_version"),
    nopreempt: values.flag("nopreempt"),
    preemptDelay: values.number("preempt_delay"),
    unicastSource: values.text("unicast_src_ip"),
    multicastSource: values.text("mcast_src_ip"),
    peers: values.lines("unicast_peer")?.map((line) => located(headOf(line))),
    checksSource: values.flag("check_unicast_src") ?? inherited.flag("vrrp_check_unicast_src"),
    addresses: (values.lines("virtual_ipaddress") ?? []).map(readAddress),
    excludedAddresses: (values.lines("virtual_ipaddress_excluded") ?? []).map(readAddress),
    authentication: secrets && {
      keyword: located(headOf(values.statement("authentication") as Statement)),
      type: secrets.text("auth_type"),
      password: secrets.text("auth_pass"),
    },
    ...readTrackings(values, problems),
    dontTrackPrimary: values.flag("dont_track_primary"),
    trackSourceAddress: values.flag("track_src_ip"),
    garpDelay: values.number("garp_master_delay") ?? inherited.number("vrrp_garp_master_delay"),
    garpRefresh: values.number("garp_master_refresh") ?? inherited.number("vrrp_garp_master_refresh"),
  };
}

function readTrackings(
  values: BlockValues,
  problems: SyntaxProblem[],
): Pick<VrrpInstance, "trackedScripts" | "trackedProcesses" | "trackedFiles" | "trackedInterfaces"> {
  const read = (keyword: string): readonly Tracking[] =>
    (values.lines(keyword) ?? []).map((line) => readTracking(line, problems));
  return {
    trackedScripts: read("track_script"),
    trackedProcesses: read("track_process"),
    trackedFiles: read("track_file"),
    trackedInterfaces: read("track_interface"),
  };
}

/** `chk_lb weight -20`. */
function readTracking(line: Statement, problems: SyntaxProblem[]): Tracking {
  const at = line.words.findIndex(({ text }) => text === "weight");
  const weight = at === -1 ? undefined : line.words[at + 1];
  return {
    name: located(headOf(line)),
    weight: weight && readNumber(located(weight), { keyword: "weight", problems }),
  };
}

/** `192.0.2.10/32 dev eth0`. */
function readAddress({ words }: Statement): VirtualAddress {
  const at = words.findIndex(({ text }) => text === "dev");
  const device = at === -1 ? undefined : words[at + 1];
  return { address: located(words[0] as Word), device: device && located(device) };
}

function membersOf(group: Statement): readonly string[] {
  return (group.block ?? [])
    .filter((inner) => headOf(inner).text === "group")
    .flatMap(({ block }) => (block ?? []).flatMap(({ words }) => words.map(({ text }) => text)));
}

// What a group tracks puts all its instances into FAULT together.
function withGroup(own: VrrpInstance, values: BlockValues, problems: SyntaxProblem[]): VrrpInstance {
  const group = readTrackings(values, problems);
  const joined = (a: readonly Tracking[], b: readonly Tracking[]): readonly Tracking[] => [...a, ...b];
  return {
    ...own,
    trackedScripts: joined(own.trackedScripts, group.trackedScripts),
    trackedProcesses: joined(own.trackedProcesses, group.trackedProcesses),
    trackedFiles: joined(own.trackedFiles, group.trackedFiles),
    trackedInterfaces: joined(own.trackedInterfaces, group.trackedInterfaces),
  };
}
