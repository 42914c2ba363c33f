/** SHA-256 over the parts, one after another. Given by the runtime, so that the journal's modules run anywhere. */
export type Sha256 = (...parts: readonly Uint8Array[]) => Uint8Array;
