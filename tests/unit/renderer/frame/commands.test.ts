import { describe, expect, test } from 'vitest';
import { commandCategories } from '../../../../renderer/frame/commands/command.ts';
import { frameCommands } from '../../../../renderer/frame/commands/frame-command-list.ts';
import { shortcutConflicts, shortcutOf } from '../../../../renderer/frame/commands/shortcuts.ts';
import en from '../../../../renderer/texts/en/commands.json';
import ru from '../../../../renderer/texts/ru/commands.json';

const ids = frameCommands.map(({ id }) => id);

describe('the list of commands', () => {
  test('names every command once, and in every language', () => {
    expect(new Set(ids).size).toBe(ids.length);
    for (const { titles, categories } of [en, ru]) {
      expect(Object.keys(titles).sort()).toEqual([...ids].sort());
      expect(Object.keys(categories).sort()).toEqual([...commandCategories].sort());
      expect(Object.values(titles).filter((title) => title.trim() === '')).toEqual([]);
    }
  });

  test('has no two titles alike in a language, since the palette could not tell them apart', () => {
    for (const { titles } of [en, ru]) {
      const all = Object.values(titles);
      expect(all.filter((title, at) => all.indexOf(title) !== at)).toEqual([]);
    }
  });

  test('has no shortcut twice, and none that begins another', () => {
    expect(shortcutConflicts(frameCommands, {})).toEqual([]);
  });

  test('goes by physical keys, so that every keyboard layout has them', () => {
    const code =
      /^(\$mod|Alt|Shift)$|^(Key[A-Z]|Digit\d|Comma|Period|Slash|Bracket(Left|Right)|Arrow(Left|Right|Up|Down))$/;
    for (const { id, shortcut } of frameCommands) {
      for (const key of shortcut?.split(/[ +]/) ?? []) expect(key, id).toMatch(code);
    }
  });
});

describe('own shortcuts', () => {
  const save = { id: 'save', shortcut: '$mod+KeyS' };
  const go = { id: 'go', shortcut: 'KeyG KeyT' };

  test('go before those that a command comes with, and an empty one takes it away', () => {
    expect(shortcutOf(save, {})).toBe('$mod+KeyS');
    expect(shortcutOf(save, { save: 'Alt+KeyS' })).toBe('Alt+KeyS');
    expect(shortcutOf(save, { save: '' })).toBeUndefined();
  });

  test('are reported when they clash with another, or begin one', () => {
    expect(shortcutConflicts([save, go], { go: '$mod+KeyS' })).toEqual([['save', 'go']]);
    expect(shortcutConflicts([save, go], { save: 'KeyG' })).toEqual([['save', 'go']]);
    expect(shortcutConflicts([save, go], { save: 'KeyT' })).toEqual([]);
  });
});
