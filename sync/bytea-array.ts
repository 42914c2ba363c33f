/** PostgreSQL's binary form of `bytea[]`. As text each byte would travel as two digits and be parsed twice. */

const byteaOid = 17;

/** The bytes of a one-dimensional `bytea[]` without nulls, as a binary parameter takes them. */
export function encodeByteaArray(items: readonly Uint8Array[]): Buffer {
  if (items.length === 0) {
    const empty = Buffer.alloc(12);
    empty.writeInt32BE(byteaOid, 8);
    return empty;
  }
  const size = items.reduce((sum, item) => sum + 4 + item.length, 20);
  const buffer = Buffer.allocUnsafe(size);
  buffer.writeInt32BE(1, 0); // dimensions
  buffer.writeInt32BE(0, 4); // no nulls
  buffer.writeInt32BE(byteaOid, 8);
  buffer.writeInt32BE(items.length, 12);
  buffer.writeInt32BE(1, 16); // lower bound
  let at = 20;
  for (const item of items) {
    at = buffer.writeInt32BE(item.length, at);
    buffer.set(item, at);
    at += item.length;
  }
  return buffer;
}
