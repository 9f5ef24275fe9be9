import type { Member } from "../keepalived/siblings.ts";

/** Later members that differ from the first, which is the measure. */
export interface OddOnes<Value> {
  readonly measure: Value;
  readonly first: Member;
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
  const [first] = said;
  if (first === undefined) return undefined;
  return { measure: first.value, first: first.member, odd: said.filter(({ value }) => value !== first.value) };
}
