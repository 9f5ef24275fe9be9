import { leadingDigits } from "./digits.ts";

/**
 * What Go's reader makes of a scalar without quotes, which is neither YAML 1.1 nor 1.2: `yes` is true, 0777 and
 * 0o777 are 511, 1_000 is a number, and 1:30 and 2001-12-14 are texts. Infinities and what is no number at all
 * come as they are; JSON, which follows, refuses them.
 * https://github.com/kubernetes-sigs/yaml/blob/v1.4.0/goyaml.v2/resolve.go
 */
export function goScalar(text: string): string | number | boolean | null {
  const first = text.charCodeAt(0);
  if (text.length <= longestWord) {
    const word = words.get(text);
    if (word !== undefined) return word;
  }
  if (first === 0x2e) return float(text.replaceAll(/(?<=\d)_(?=\d)/g, ""), /^\.\d+(?:[eE][-+]?\d+)?$/) ?? text;
  return (first >= 0x30 && first <= 0x39) || first === 0x2b || first === 0x2d ? (number(text) ?? text) : text;
}

/** Whether Go reads a text without quotes as that text. */
export function isGoText(text: string): boolean {
  return typeof goScalar(text) === "string";
}

function number(text: string): number | undefined {
  const digits = leadingDigits(text);
  if (digits === text.length && digits < 10 && (digits === 1 || !text.startsWith("0"))) return Number(text);
  // After its first digits a number goes on with one of these only; 250m, 1:30 and 2001-12-14 do not.
  if (digits > 0 && digits < text.length && !"._eExXoObB".includes(text.charAt(digits))) return undefined;
  const plain = text.includes("_") ? text.replaceAll("_", "") : text;
  const [, sign = "", rest = ""] = /^([-+]?)(\w+)$/.exec(plain) ?? [];
  const whole = rest === "" ? undefined : integer(sign, rest);
  return whole ?? float(plain, /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/);
}

// strconv.ParseInt and ParseUint with base 0: what does not fit into 64 bits is no integer.
function integer(sign: string, digits: string): number | undefined {
  const plain = /^0[xX][\da-fA-F]+$|^0[oO][0-7]+$|^0[bB][01]+$|^(?:0|[1-9]\d*)$/.test(digits);
  if (!plain && !/^0[0-7]+$/.test(digits)) return undefined;
  if (digits.length < 10) return (sign === "-" ? -1 : 1) * Number(plain ? digits : `0o${digits}`) || 0;
  const size = BigInt(plain ? digits : `0o${digits}`);
  const limit = sign === "-" ? 1n << 63n : sign === "+" ? (1n << 63n) - 1n : (1n << 64n) - 1n;
  return size > limit ? undefined : Number(sign === "-" ? -size : size);
}

function float(text: string, form: RegExp): number | undefined {
  if (!form.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

const longestWord = 5;

const words: ReadonlyMap<string, boolean | number | null> = new Map<string, boolean | number | null>([
  ...each(true, "y Y yes Yes YES true True TRUE on On ON"),
  ...each(false, "n N no No NO false False FALSE off Off OFF"),
  ...each(null, "~ null Null NULL"),
  ["", null],
  ...each(Number.NaN, ".nan .NaN .NAN"),
  ...each(Infinity, ".inf .Inf .INF +.inf +.Inf +.INF"),
  ...each(-Infinity, "-.inf -.Inf -.INF"),
]);

function each<Value>(value: Value, list: string): readonly (readonly [string, Value])[] {
  return list.split(" ").map((text) => [text, value]);
}
