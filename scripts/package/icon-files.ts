/** The two containers of pictures that Windows and macOS read. Both take whole PNG files. */

export interface SizedPicture {
  readonly size: number;
  readonly png: Uint8Array;
}

const icoHeadBytes = 6;
const icoEntryBytes = 16;

/** An `.ico` file. A size of 256 is written as 0, as the format has one byte for it. */
export function icoOf(pictures: readonly SizedPicture[]): Buffer {
  const head = Buffer.alloc(icoHeadBytes + icoEntryBytes * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  for (const [index, { size, png }] of pictures.entries()) {
    const entry = icoHeadBytes + icoEntryBytes * index;
    head.writeUInt8(size % 256, entry);
    head.writeUInt8(size % 256, entry + 1);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(png.byteLength, entry + 8);
    head.writeUInt32LE(offset, entry + 12);
    offset += png.byteLength;
  }
  return Buffer.concat([head, ...pictures.map(({ png }) => png)]);
}

/** What each block of an `.icns` file is called by the size of its picture; the second four are for finer screens. */
const icnsBlocks: readonly (readonly [string, number])[] = [
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
  ['ic10', 1024],
  ['ic11', 32],
  ['ic12', 64],
  ['ic13', 256],
  ['ic14', 512],
];

/** An `.icns` file. */
export function icnsOf(picture: (size: number) => Uint8Array): Buffer {
  const blocks = icnsBlocks.map(([name, size]) => block(name, picture(size)));
  return block('icns', Buffer.concat(blocks));
}

/** Name, length with both, content: the same for the file and for each block in it. */
function block(name: string, content: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 'latin1');
  head.writeUInt32BE(head.length + content.byteLength, 4);
  return Buffer.concat([head, content]);
}
