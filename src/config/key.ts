import * as v from "valibot";

/** An optional key with the sentence that the reference has for it. */
export function key<const Schema extends v.GenericSchema>(schema: Schema, description: string) {
  return v.optional(described(schema, description));
}

/** A key that must be there, with its sentence. */
export function described<const Schema extends v.GenericSchema>(schema: Schema, description: string) {
  return v.pipe(schema, v.description(description));
}
