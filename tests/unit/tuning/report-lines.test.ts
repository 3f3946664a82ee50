import { describe, expect, it } from 'vitest';
import type { TuningReport, TuningTrial } from '../../../engine/contract/tuning.ts';
import { languages } from '../../../engine/contract/domain.ts';
import { loadLocale } from '../../../engine/documents/locale.ts';
import { tuningLines } from '../../../scripts/cli/tune-command.ts';

const best: TuningTrial = {
  number: 41,
  state: 'complete',
  parameters: { maxDepth: 2, learningRate: 0.0101107 },
  logLoss: 0.96334,
  folds: [0.96, 0.96668],
  reason: null,
};
const report: TuningReport = {
  study: 3,
  name: 'boosting E0, run 3',
  family: 'boosting',
  championship: 'E0',
  preset: 'football',
  sampler: 'tpe',
  pruner: 'median',
  parallel: 2,
  seed: 0,
  folds: [
    { name: '2021/22', trainingMatches: 1000, matches: 380 },
    { name: '2022/23', trainingMatches: 1380, matches: 380 },
  ],
  sealed: ['E0 2023/24'],
  trials: { asked: 60, complete: 23, pruned: 37, failed: 0 },
  best,
  present: { logLoss: 0.96538, folds: [0.96, 0.97] },
  leading: [best],
  importances: { parameters: [{ name: 'maxDepth', share: 0.75 }], explained: 0.42, trials: 23 },
};

describe.each(languages)('what the command line says of a study (%s)', (language) => {
  const lines = tuningLines(loadLocale(language), report);
  const number = (text: string) => (language === 'ru' ? text.replace('.', ',') : text);

  it('has the number of trials beside the winner, and the seasons that nobody looked at', () => {
    const winner = lines.find((line) => line.includes('41') && line.includes(number('0.96538')))!;
    expect(winner).toContain('60');
    expect(winner).toContain(number('0.96334'));
    expect(lines.some((line) => line.includes('60') && line.includes('E0 2023/24'))).toBe(true);
  });

  it('says how much of the losses the parameters explain, and how the winner is put to use', () => {
    expect(lines.some((line) => line.includes(number('0.42')) && line.includes('23'))).toBe(true);
    expect(lines.at(-1)).toContain('processing.studies 3');
    expect(lines.join('\n')).not.toContain('{{');
    expect(lines.join('\n')).not.toContain('cli.');
  });

  it('says so where too few trials were completed for importances', () => {
    const few = tuningLines(loadLocale(language), { ...report, importances: null });
    expect(few.length).toBeLessThan(lines.length);
    expect(few.join('\n')).not.toContain('cli.');
  });
});
