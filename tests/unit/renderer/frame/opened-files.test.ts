import { beforeEach, expect, test } from 'vitest';
import { sortOpenedFiles, useOpenedFiles } from '../../../../renderer/frame/opened-files.ts';

beforeEach(() => {
  useOpenedFiles.setState({ table: undefined, project: undefined });
});

test('a table that the program was opened with goes to the import, a project to its settings', () => {
  expect(sortOpenedFiles(['/data/Матчи.XLSX'])).toBe('/data?part=import');
  expect(sortOpenedFiles(['C:\\\\home\\\\whole.auspex'])).toBe('/settings?group=transfer');
  expect(useOpenedFiles.getState()).toEqual({
    ...{ table: '/data/Матчи.XLSX', project: 'C:\\\\home\\\\whole.auspex' },
  });
});

test('what no screen takes leads nowhere', () => {
  expect(sortOpenedFiles(['/run.sh'])).toBeUndefined();
  expect(sortOpenedFiles([])).toBeUndefined();
  expect(useOpenedFiles.getState()).toEqual({ table: undefined, project: undefined });
});
