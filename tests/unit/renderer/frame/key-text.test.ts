import { expect, test } from 'vitest';
import { keyPresses, pressOf } from '../../../../renderer/frame/commands/key-text.ts';

const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

test('a shortcut is written as it stands on the keys', () => {
  expect(keyPresses('KeyG KeyT')).toEqual(['G', 'T']);
  expect(keyPresses('Shift+Slash')).toEqual(['Shift /']);
  expect(keyPresses('Alt+ArrowLeft')).toEqual(['Alt ←']);
});

test('a press is told by its physical key and modifiers, and modifiers alone are none', () => {
  expect(pressOf({ ...none, code: 'KeyK', altKey: true, shiftKey: true })).toBe('Alt+Shift+KeyK');
  expect(pressOf({ ...none, code: 'KeyK', ctrlKey: true })).toBe('$mod+KeyK');
  expect(pressOf({ ...none, code: 'ShiftLeft', shiftKey: true })).toBeUndefined();
});
