/** Documents whose kind another one before them has, each with that one. */
export function repeatedKinds<Document extends { readonly kind: string | undefined }>(
  documents: readonly Document[],
): readonly { readonly repeated: Document; readonly first: Document }[] {
  const firsts = new Map<string, Document>();
  return documents.flatMap((document) => {
    if (document.kind === undefined) return [];
    const first = firsts.get(document.kind);
    if (first !== undefined) return [{ repeated: document, first }];
    firsts.set(document.kind, document);
    return [];
  });
}
