/**
 * A text as a URL (RFC 2397). Percent-encoded rather than in base64: people can read changes of it, and the whole
 * configuration compresses to two thirds of what base64 would leave. Only what RFC 2396 forbids is encoded, which is
 * what Ignition's decoder goes by, and "?", since Go takes a URL apart there:
 * https://github.com/vincent-petithory/dataurl/blob/v1.0.0/rfc2396.go
 */
export function dataURL(text: string): string {
  return `data:,${encodeURI(wellFormed(text)).replaceAll("#", "%23").replaceAll("?", "%3F")}`;
}

// As a file would get it: half a surrogate pair has no bytes, and encodeURI throws.
function wellFormed(text: string): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(new TextEncoder().encode(text));
}
