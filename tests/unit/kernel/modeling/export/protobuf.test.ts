import { expect, test } from 'vitest';
import { createProtobufMessage } from '../../../../../engine/kernel/modeling/export/protobuf.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

test('messages are encoded as the examples of protobuf.dev are', () => {
  const test1 = () => createProtobufMessage().integer(1, 150);
  expect(hex(test1().finish())).toBe('089601');
  expect(hex(createProtobufMessage().text(2, 'testing').finish())).toBe('120774657374696e67');
  expect(hex(createProtobufMessage().message(3, test1()).finish())).toBe('1a03089601');
  expect(hex(createProtobufMessage().packedIntegers(6, [3, 270, 86942]).finish())).toBe('3206038e029ea705');
});

test('numbers beyond 32 bits, floats and signs of every length keep their value', () => {
  expect(
    hex(
      createProtobufMessage()
        .integer(1, 2 ** 53 - 1)
        .finish(),
    ),
  ).toBe('08ffffffffffffff0f');
  expect(hex(createProtobufMessage().float(2, 1.5).packedFloats(7, [-2]).finish())).toBe(
    '150000c03f3a04000000c0',
  );
  const text = 'aя力🏟';
  expect(hex(createProtobufMessage().text(1, text).finish().slice(2))).toBe(
    Buffer.from(text).toString('hex'),
  );
});

test.each([-1, 0.5, Number.NaN, 2 ** 53])('%d is no whole number that can be written', (value) => {
  expect(() => createProtobufMessage().integer(1, value)).toThrow('expected a whole number');
  expect(() => createProtobufMessage().packedIntegers(1, [value])).toThrow('expected a whole number');
});
