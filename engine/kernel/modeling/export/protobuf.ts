/** A message of protocol buffers in the making: fields in the order they are added (protobuf.dev, "Encoding"). */
export interface ProtobufMessage {
  /** A whole number from 0 to 2^53 - 1. */
  integer(field: number, value: number): ProtobufMessage;
  float(field: number, value: number): ProtobufMessage;
  text(field: number, value: string): ProtobufMessage;
  bytes(field: number, value: Uint8Array): ProtobufMessage;
  message(field: number, value: ProtobufMessage): ProtobufMessage;
  /** Repeated numbers in one packed field. */
  packedIntegers(field: number, values: ArrayLike<number>): ProtobufMessage;
  packedFloats(field: number, values: ArrayLike<number>): ProtobufMessage;
  finish(): Uint8Array;
}

const wireVarint = 0;
const wireLength = 2;
const wireFloat = 5;

export function createProtobufMessage(): ProtobufMessage {
  let buffer = new Uint8Array(64);
  let length = 0;

  function reserve(count: number): void {
    if (length + count <= buffer.length) return;
    const grown = new Uint8Array(Math.max(2 * buffer.length, length + count));
    grown.set(buffer.subarray(0, length));
    buffer = grown;
  }

  function varint(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0) {
      throw new RangeError(`expected a whole number from 0, got ${value}`);
    }
    reserve(8);
    let rest = value;
    // Bit operations would cut to 32 bits.
    while (rest > 127) {
      buffer[length++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    buffer[length++] = rest;
  }

  function block(field: number, content: Uint8Array): ProtobufMessage {
    varint(field * 8 + wireLength);
    varint(content.length);
    reserve(content.length);
    buffer.set(content, length);
    length += content.length;
    return message;
  }

  const message: ProtobufMessage = {
    integer(field, value) {
      varint(field * 8 + wireVarint);
      varint(value);
      return message;
    },
    float(field, value) {
      varint(field * 8 + wireFloat);
      reserve(4);
      buffer.set(littleEndianFloats([value]), length);
      length += 4;
      return message;
    },
    text: (field, value) => block(field, utf8(value)),
    bytes: block,
    message: (field, value) => block(field, value.finish()),
    packedIntegers(field, values) {
      const packed = createVarints(values);
      return block(field, packed);
    },
    packedFloats: (field, values) => block(field, littleEndianFloats(values)),
    finish: () => buffer.slice(0, length),
  };
  return message;
}

function createVarints(values: ArrayLike<number>): Uint8Array {
  const out: number[] = [];
  for (let i = 0; i < values.length; i++) {
    let rest = values[i]!;
    if (!Number.isSafeInteger(rest) || rest < 0) {
      throw new RangeError(`expected a whole number from 0, got ${rest}`);
    }
    for (; rest > 127; rest = Math.floor(rest / 128)) out.push((rest % 128) | 128);
    out.push(rest);
  }
  return Uint8Array.from(out);
}

/** The numbers as float32, least significant byte first whatever the machine. */
export function littleEndianFloats(values: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i++) view.setFloat32(4 * i, values[i]!, true);
  return bytes;
}

/** The whole numbers as int64, least significant byte first; negative ones, too. */
export function littleEndianIntegers(values: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(8 * values.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i++) view.setBigInt64(8 * i, BigInt(values[i]!), true);
  return bytes;
}

function utf8(text: string): Uint8Array {
  const out: number[] = [];
  for (const sign of text.toWellFormed()) {
    const code = sign.codePointAt(0)!;
    if (code < 0x80) out.push(code);
    else if (code < 0x800) out.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) out.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else {
      out.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63));
      out.push(0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    }
  }
  return Uint8Array.from(out);
}
