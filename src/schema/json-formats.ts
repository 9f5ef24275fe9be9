import { parseAddress } from "../net/address.ts";

/** A form of texts that schemas call by a name. */
interface TextFormat {
  /** As a person says it. */
  readonly name: string;
  holds(text: string): boolean;
}

/**
 * The forms that the API server and kubeconform both check and mean the same by; date-time is a type of its own.
 * https://github.com/kubernetes/apiextensions-apiserver/blob/v0.37.0/pkg/apis/apiextensions/v1/types_jsonschema.go
 */
export const formats: Readonly<Record<string, TextFormat>> = {
  ipv4: { name: "an IPv4 address", holds: (text) => parseAddress(text)?.family === 4 },
  ipv6: { name: "an IPv6 address", holds: (text) => parseAddress(text)?.family === 6 },
  date: { name: "a date such as 2026-01-31", holds: isDate },
  duration: { name: "a duration such as 1m30s", holds: (text) => goDuration.test(text) || isoDuration.test(text) },
  uuid: { name: "a UUID", holds: (text) => /^[\da-f]{8}(?:-?[\da-f]{4}){3}-?[\da-f]{12}$/i.test(text) },
};

function isDate(text: string): boolean {
  const date = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  return date !== undefined && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

// https://pkg.go.dev/time#ParseDuration
const goDuration = /^[-+]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|\u00b5s|\u03bcs|ms|s|m|h))+)$/;
// https://www.rfc-editor.org/rfc/rfc3339#appendix-A
const isoDuration = /^P(?:\d+W|(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)$/;
