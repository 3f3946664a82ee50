import type { FoundObject } from '../../../engine/contract/search.ts';
import { matchScore, searchable, wanted } from '../../../engine/contract/text-match.ts';
import type { Command } from '../commands/command.ts';

/** A line of the palette. */
export type PaletteEntry =
  | { readonly kind: 'command'; readonly key: string; readonly command: Command; readonly score: number }
  | { readonly kind: 'object'; readonly key: string; readonly object: FoundObject; readonly score: number };

const mostCommands = 30;

/**
 * What fits the typed text, the best first; with nothing typed, what was used lately and then the commands as they come.
 *
 * @param words of a command: its title, in every language, and its category
 */
export function paletteEntries(input: {
  readonly text: string;
  readonly commands: readonly Command[];
  readonly words: (command: Command) => readonly string[];
  readonly objects: readonly FoundObject[];
  /** Ids of commands, the one used last first. */
  readonly recent: readonly string[];
}): PaletteEntry[] {
  const { text, commands, words, objects, recent } = input;
  const asEntry = (command: Command, score: number): PaletteEntry => ({
    kind: 'command',
    key: `command-${command.id}`,
    command,
    score,
  });
  if (text.trim() === '') {
    const used = recent.flatMap((id) => commands.filter((command) => command.id === id));
    const rest = commands.filter(({ id }) => !recent.includes(id));
    return [...used, ...rest].map((command) => asEntry(command, 1));
  }
  const want = wanted(text);
  const found = commands
    .map((command) => {
      const [title = '', ...others] = words(command);
      const own = matchScore(searchable(title), want);
      const score = Math.max(own, matchScore(searchable(title, ...others), want) * 0.9);
      const isRecent = recent.indexOf(command.id);
      return asEntry(command, score === 0 ? 0 : score + (isRecent >= 0 ? 0.05 / (isRecent + 1) : 0));
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, mostCommands);
  const things = objects.map((object): PaletteEntry => ({
    kind: 'object',
    key: `${object.kind}-${object.id}`,
    object,
    // A thing and a command that fit alike: the thing was rather meant, since commands have keys.
    score: object.score + 0.01,
  }));
  return [...found, ...things].sort((a, b) => b.score - a.score);
}
