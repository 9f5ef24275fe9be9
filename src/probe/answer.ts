/** The part of an HTTP/1.1 answer that has arrived. */
export interface Answer {
  /** 0 until the head is there. */
  readonly status: number;
  readonly member: string;
  /** Body so far, with the marks of its transfer coding. */
  readonly body: string;
  /** Whether everything is there; "at-end": as soon as the server closes the connection, for want of a length. */
  readonly complete: "yes" | "no" | "at-end";
}

const nothing: Answer = { status: 0, member: "", body: "", complete: "no" };

/** Reads an answer piece by piece; Latin-1, so that a character is a byte. */
export function answerReader(): (piece: string) => Answer {
  let text = "";
  return (piece) => {
    text += piece;
    const end = text.indexOf("\r\n\r\n");
    if (end === -1) return nothing;
    const head = text.slice(0, end + 2);
    const body = text.slice(end + 4);
    return {
      status: Number(/^HTTP\/1\.[01] (\d{3})/u.exec(head)?.[1] ?? 0),
      member: header(head, "x-member") ?? "",
      body,
      complete: completeness(head, body),
    };
  };
}

function completeness(head: string, body: string): Answer["complete"] {
  const length = header(head, "content-length");
  if (length !== undefined) return body.length >= Number(length) ? "yes" : "no";
  if (header(head, "transfer-encoding") !== "chunked") return "at-end";
  return /(?:^|\r\n)0\r\n\r\n$/u.test(body) ? "yes" : "no";
}

function header(head: string, name: string): string | undefined {
  return new RegExp(`^${name}:[ \t]*([^\r\n]*)\r$`, "imu").exec(head)?.[1];
}
