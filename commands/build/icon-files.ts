/** The files that Windows and macOS keep an icon's sizes in: both hold PNGs as they are. */

/** Windows' ICO: a directory of sizes (256 is written as 0), then the drawings. */
export function packIco(drawn: ReadonlyMap<number, Buffer>): Buffer {
  const header = Buffer.alloc(6);
  header.writeUInt16LE(1, 2); // an icon
  header.writeUInt16LE(drawn.size, 4);
  const entries: Buffer[] = [];
  let offset = header.length + 16 * drawn.size;
  for (const [size_px, png] of drawn) {
    const entry = Buffer.alloc(16);
    entry.writeUInt8(size_px % 256, 0);
    entry.writeUInt8(size_px % 256, 1);
    entry.writeUInt16LE(1, 4); // one plane
    entry.writeUInt16LE(32, 6); // bits a pixel
    entry.writeUInt32LE(png.length, 8);
    entry.writeUInt32LE(offset, 12);
    offset += png.length;
    entries.push(entry);
  }
  return Buffer.concat([header, ...entries, ...drawn.values()]);
}

/** Apple's names of sizes in pixels; some stand for the same pixels on a screen of double density. */
const appleTypes: Readonly<Record<number, readonly string[]>> = {
  32: ['ic11', 'icp5'],
  64: ['ic12', 'icp6'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
};

/** Apple's ICNS: a name, a length and a drawing for each size. */
export function packIcns(drawn: ReadonlyMap<number, Buffer>): Buffer {
  const parts = [...drawn].flatMap(([size_px, png]) =>
    (appleTypes[size_px] ?? []).map((type) => Buffer.concat([Buffer.from(type), length(png.length + 8), png])),
  );
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from('icns'), length(body.length + 8), body]);
}

function length(bytes: number): Buffer {
  const written = Buffer.alloc(4);
  written.writeUInt32BE(bytes);
  return written;
}
