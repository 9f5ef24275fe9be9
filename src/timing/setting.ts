import type { FilePosition } from "../findings/finding.ts";

/** A value that decides about time, and where it stands. */
export interface Setting {
  /** The keyword, such as `advert_int`. */
  readonly name: string;
  /** Seconds, or a count. */
  readonly value: number;
  /** Of the keyword's value; of the block in which it would stand where it is a default. */
  readonly place: FilePosition;
  readonly isDefault: boolean;
  /** Behind the number: `s` unless it is a count. */
  readonly unit: "s" | "";
}

/** A value as it stands in a file, or the default there. */
export function setting(
  name: string,
  written: { readonly value: number; readonly position: FilePosition } | undefined,
  fallback: { readonly value: number; readonly position: FilePosition; readonly unit?: "" },
): Setting {
  return {
    name,
    value: written?.value ?? fallback.value,
    place: (written ?? fallback).position,
    isDefault: written === undefined,
    unit: fallback.unit ?? "s",
  };
}

/** `advert_int 0.3 s (cp1/etc/keepalived/keepalived.conf:41)` */
export function settingText(one: Setting): string {
  return productText([one]);
}

/** Several values of one file: `advert_int 0.3 s × down_timer_adverts 3 (cp1/etc/keepalived/keepalived.conf:41, 42)` */
export function productText(settings: readonly Setting[]): string {
  const texts = settings.map(({ name, value, unit, isDefault }) => {
    const amount = unit === "" ? String(value) : durationText(value);
    return `${name} ${amount}${isDefault ? ", the default," : ""}`;
  });
  const [first] = settings;
  const lines = [...new Set(settings.map(({ place }) => place.line))].join(", ");
  return `${texts.join(" × ")} (${first?.place.file ?? ""}:${lines})`.replace(", (", " (");
}

function durationText(seconds: number): string {
  if (!Number.isFinite(seconds)) return "without limit";
  return seconds >= 3600 && seconds % 3600 === 0 ? `${seconds / 3600} h` : `${Math.round(seconds * 1000) / 1000} s`;
}

/** `cp1/etc/keepalived/keepalived.conf:41` */
export function placeText({ file, line }: FilePosition): string {
  return `${file}:${line}`;
}
