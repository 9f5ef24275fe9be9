import type { Member } from "../keepalived/siblings.ts";

/** Members that differ from what most say, with what that is; of a tie the first counts. */
export interface OddOnes<Value> {
  readonly common: Value;
  readonly holder: Member;
  readonly odd: readonly { readonly member: Member; readonly value: Value }[];
}

/** Compares what the members of a virtual router say; members that say nothing readable are left out. */
export function oddOnes<Value extends string | number>(
  members: readonly Member[],
  valueOf: (member: Member) => Value | undefined,
): OddOnes<Value> | undefined {
  const said = members.flatMap((member) => {
    const value = valueOf(member);
    return value === undefined ? [] : [{ member, value }];
  });
  const counts = new Map<Value, number>();
  for (const { value } of said) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [most] = [...counts].toSorted(([, a], [, b]) => b - a);
  const holder = said.find(({ value }) => value === most?.[0]);
  if (most === undefined || holder === undefined || counts.size < 2) return undefined;
  return { common: most[0], holder: holder.member, odd: said.filter(({ value }) => value !== most[0]) };
}
