import { create } from 'zustand';

/** Files that the desktop program was opened with and that wait for the screen which takes them. */
interface OpenedFiles {
  readonly table: string | undefined;
  readonly project: string | undefined;
}

export const useOpenedFiles = create<OpenedFiles>(() => ({ table: undefined, project: undefined }));

/** Sorts paths by what they are for, and answers the address of the screen that takes them. */
export function sortOpenedFiles(paths: readonly string[]): string | undefined {
  const project = paths.find((path) => /\.auspex$/i.test(path));
  const table = paths.find((path) => /\.(csv|tsv|txt|json|xlsx)$/i.test(path));
  if (project !== undefined) useOpenedFiles.setState({ project });
  if (table !== undefined) useOpenedFiles.setState({ table });
  if (table !== undefined) return '/data?part=import';
  return project === undefined ? undefined : '/settings?group=transfer';
}
