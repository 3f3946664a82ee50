import { describe, expect, test } from 'vitest';
import type { Command } from '../../../../renderer/frame/commands/command.ts';
import { paletteEntries } from '../../../../renderer/frame/palette/palette-entries.ts';
import en from '../../../../renderer/texts/en/commands.json';
import ru from '../../../../renderer/texts/ru/commands.json';

type Titles = Readonly<Record<string, string>>;
const titles: Readonly<Record<'en' | 'ru', Titles>> = { en: en.titles, ru: ru.titles };
const commands: readonly Command[] = Object.entries(titles.en).map(([id, title]) => ({
  id,
  title,
  category: 'go',
  run: () => undefined,
}));
const first = (text: string, recent: readonly string[] = []) => {
  const words = ({ id, title }: Command) => [title, titles.ru[id] ?? ''];
  const [best] = paletteEntries({ text, commands, words, objects: [], recent });
  return best?.kind === 'command' ? best.command.id : undefined;
};

describe('the palette finds what was meant', () => {
  test.each([
    ['calibration', 'go.calibration'],
    ['calibr', 'go.calibration'],
    ['claibration', 'go.calibration'],
    ['калибровка', 'go.calibration'],
    ['rfkb,hjdrf', 'go.calibration'],
    ['сфдшикфешщт', 'go.calibration'],
    ['dark', 'theme.dark'],
    ['тёмная', 'theme.dark'],
    ['темная', 'theme.dark'],
    ['undo', 'edit.undo'],
    ['back up', 'backup.make'],
  ])('%s', (text, id) => {
    expect(first(text)).toBe(id);
  });

  test('and nothing where nothing fits', () => {
    expect(first('qqqqzzzz')).toBeUndefined();
  });

  test('what was used lately comes first while nothing is typed', () => {
    expect(first('', ['go.runs'])).toBe('go.runs');
  });
});
