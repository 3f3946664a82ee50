import { extname, isAbsolute, resolve } from 'node:path';

const extensions = new Set(['.csv', '.tsv', '.txt', '.json', '.xlsx', '.auspex']);

/**
 * The files that a command line names: what the system passes when a file is opened with the program. Switches, the
 * program's own path and whatever else a command line may hold are left out.
 *
 * @param words Everything behind the program itself.
 */
export function filesOf(words: readonly string[], workingFolder: string): readonly string[] {
  const files: string[] = [];
  for (const [index, word] of words.entries()) {
    if (word.startsWith('-') || words[index - 1] === '--home') continue;
    if (!extensions.has(extname(word).toLowerCase())) continue;
    files.push(isAbsolute(word) ? word : resolve(workingFolder, word));
  }
  return files;
}

/** The folder that `--home` names. */
export function homeOf(words: readonly string[], workingFolder: string): string | undefined {
  const index = words.indexOf('--home');
  const given = index >= 0 ? words[index + 1] : words.find((word) => word.startsWith('--home='))?.slice(7);
  return given === undefined || given === '' ? undefined : resolve(workingFolder, given);
}
