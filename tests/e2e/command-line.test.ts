import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluationReportSchema } from '../../engine/contract/evaluation.ts';
import { explanationSchema } from '../../engine/contract/explanation.ts';
import { matchForecastSchema } from '../../engine/contract/router.ts';
import { makeSample } from '../../engine/football/getting/sample/make-sample.ts';
import { temporaryFolder, type TemporaryFolder } from '../fixtures/temporary.ts';

const program = fileURLToPath(new URL('../../scripts/cli.ts', import.meta.url));
const today = '2026-11-18';

interface Answer {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(...words: string[]): { child: ChildProcess; answer: Promise<Answer> } {
  const child = spawn(process.execPath, [program, ...words], {
    env: { ...process.env, INIT_CWD: undefined },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (part: Buffer) => (stdout += part.toString()));
  child.stderr.on('data', (part: Buffer) => (stderr += part.toString()));
  const answer = new Promise<Answer>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, stdout, stderr });
    });
  });
  return { child, answer };
}

const auspex = (...words: string[]) => start(...words).answer;
const json = (answer: Answer) => JSON.parse(answer.stdout) as Record<string, never>;

let folder: TemporaryFolder;
let home: string;
let sample: string;

beforeAll(async () => {
  folder = temporaryFolder();
  home = folder.join('home');
  sample = folder.join('sample');
  await makeSample({ today, folder: sample });
  for (const division of ['X1', 'X3']) {
    for (const season of readdirSync(join(sample, division)).sort().slice(0, -4)) {
      rmSync(join(sample, division, season));
    }
  }
  const made = await auspex(
    ...['pipeline', '--home', home, '--from', sample, '--championships', 'X1,X3', '--date', today, '--json'],
  );
  expect(made.code, made.stderr).toBe(0);
}, 120_000);

afterAll(() => {
  folder[Symbol.dispose]();
});

describe('the command line', () => {
  it('answers 2 with the usage for words it does not know', async () => {
    for (const words of [
      ['nonsense'],
      ['getting', '--scope', 'sometimes'],
      ['runs', 'show', 'x'],
      ['pipeline', '--date', 'today'],
    ]) {
      const answer = await auspex(...words, '--home', home);
      expect(answer.code, words.join(' ')).toBe(2);
      expect(answer.stdout).toBe('');
    }
    expect((await auspex('--help')).code).toBe(0);
  });

  it('answers 1 with a code and a sentence, in both languages and as JSON', async () => {
    const words = ['evaluate', '--championships', 'E9', '--home', home];
    const english = await auspex(...words);
    expect(english.code).toBe(1);
    expect(english.stderr).toContain('NOT_FOUND: What was asked for does not exist.');
    expect(english.stderr).toContain('X1');
    const russian = await auspex(...words, '--lang', 'ru');
    expect(russian.stderr).toMatch(/NOT_FOUND: [А-Я]/);
    const document = json(await auspex(...words, '--json'));
    expect(document).toMatchObject({ error: { code: 'NOT_FOUND' } });
  });

  it('shows the coming matches with probabilities that sum to 1, sets and the mark of the sample', async () => {
    const forecasts = matchForecastSchema
      .array()
      .parse(json(await auspex('next', '--date', today, '--home', home, '--json')));
    expect(forecasts.length).toBeGreaterThan(5);
    for (const { probabilities, isSample, matchDay } of forecasts) {
      expect(isSample).toBe(true);
      expect(matchDay >= today).toBe(true);
      expect(probabilities!.H + probabilities!.D + probabilities!.A).toBeCloseTo(1, 9);
    }
    const table = (await auspex('next', '--date', today, '--home', home, '--lang', 'ru')).stdout;
    expect(table).toContain('(пример)');
  });

  it('evaluates beside base rate and market in the promised shape', async () => {
    const answer = await auspex('evaluate', '--date', today, '--home', home, '--json');
    expect(answer.code, answer.stderr).toBe(0);
    const report = evaluationReportSchema.parse(json(answer));
    expect(report.championships.map(({ code }) => code)).toEqual(['X1', 'X3']);
    const all = report.all!;
    expect(all.n).toBe(report.championships.reduce((sum, row) => sum + row.n, 0));
    expect(all.model.logLoss).toBeLessThan(all.baseRate.logLoss);
    expect(all.market.closing!.logLoss).toBeLessThan(all.model.logLoss);
    expect(all.gapClosed!.low).toBeLessThan(all.gapClosed!.value);
    expect(report.leakAlarm).toBe(false);
  });

  it('writes the long evaluation as a page, marked as sample, in the language asked for', async () => {
    const reports = folder.join('reports');
    const words = ['evaluate', '--date', today, '--home', home, '--report', 'html,md', '--folder', reports];
    const answer = await auspex(...words, '--lang', 'ru', '--json');
    expect(answer.code, answer.stderr).toBe(0);
    expect(evaluationReportSchema.parse(json(answer)).details!.slices.length).toBeGreaterThan(10);
    const page = readFileSync(join(reports, 'evaluation.ru.html'), 'utf8');
    expect(page).toContain('<html lang="ru">');
    expect(page).toContain('учебные данные');
    expect((await auspex('evaluate', '--report', 'nonsense', '--home', home)).code).toBe(2);
  }, 60_000);

  it('explains a coming match by contributions that sum to its log odds', async () => {
    const [next] = matchForecastSchema
      .array()
      .parse(json(await auspex('next', '--date', today, '--home', home, '--json')));
    const answer = await auspex('explain', String(next!.matchId), '--home', home, '--json');
    expect(answer.code, answer.stderr).toBe(0);
    const { logOdds, factors, probabilities } = explanationSchema.parse(json(answer));
    expect(probabilities.H).toBeCloseTo(next!.probabilities!.H, 9);
    const sum = factors.reduce((total, { contribution }) => total + contribution, logOdds.base);
    expect(sum).toBeCloseTo(logOdds.total, 9);
    expect(factors.map(({ group }) => group)).not.toContain('adjustment');
    const words = await auspex('explain', String(next!.matchId), '--home', home, '--lang', 'ru');
    expect(words.stdout).toContain('Прогноз');
  });

  it('changes nothing when it runs again', async () => {
    const again = json(
      await auspex(
        ...[
          'pipeline',
          '--home',
          home,
          '--from',
          sample,
          '--championships',
          'X1,X3',
          '--date',
          today,
          '--json',
        ],
      ),
    );
    expect(again).toMatchObject({
      state: 'done',
      result: {
        getting: { totals: { new: 0, changed: 0 } },
        calculation: { written: 0 },
        processing: { predictions: { new: 0 } },
        forecast: { regular: { new: 0 } },
        publisher: { written: 0 },
      },
    });
  });

  it('goes on with the other files when one is refused, and says so', async () => {
    const place = folder.join('hostile');
    mkdirSync(join(place, 'X1'), { recursive: true });
    writeFileSync(join(place, 'X1', '2526.csv'), '<!doctype html><html><body>Forbidden</body></html>');
    writeFileSync(
      join(place, 'X1', '2425.csv'),
      'Div,Date,HomeTeam,AwayTeam,FTHG,FTAG,FTR\nX1,17/08/2024,Whitcombe,Kestrel Bay,2,1,H\nX1,18/08/2024,Whitcombe,Whitcombe,1,0,H\n',
    );
    const answer = await auspex('getting', '--home', folder.join('second'), '--from', place, '--json');
    expect(answer.code).toBe(0);
    expect(answer.stderr).toContain('FILE_FORMAT');
    expect(json(answer)).toMatchObject({ result: { totals: { new: 1, refused: 1, files: { failed: 1 } } } });
  });

  it('is cancelled by Ctrl+C with 130, and by `runs cancel` from elsewhere; both can be resumed', async () => {
    const place = folder.join('cancelled');
    const words = ['pipeline', '--home', place, '--from', sample, '--date', today];
    for (const cancel of ['SIGINT', 'runs cancel'] as const) {
      const { child, answer } = start(...words);
      while (!existsSync(join(place, 'auspex.sqlite')) && child.exitCode === null) await sleep(20);
      await sleep(900);
      const runs = JSON.parse((await auspex('runs', 'list', '--home', place, '--json')).stdout) as {
        id: number;
      }[];
      if (cancel === 'SIGINT') child.kill('SIGINT');
      else expect((await auspex('runs', 'cancel', String(runs[0]!.id), '--home', place)).code).toBe(0);
      expect((await answer).code, cancel).toBe(130);
      const resumed = await auspex('runs', 'resume', String(runs[0]!.id), '--home', place, '--json');
      expect(resumed.code, resumed.stderr).toBe(0);
      expect(json(resumed)).toMatchObject({ state: 'done' });
      rmSync(place, { recursive: true });
    }
  }, 120_000);

  it('refuses to write beside another process, and says which one', async () => {
    const { child, answer } = start(
      'pipeline',
      '--home',
      folder.join('busy'),
      '--from',
      sample,
      '--date',
      today,
    );
    while (!existsSync(folder.join('busy', 'auspex.sqlite.writer.json')) && child.exitCode === null)
      await sleep(10);
    const refused = await auspex('calculation', '--home', folder.join('busy'));
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('DATABASE_BUSY');
    expect(refused.stderr).toContain(String(child.pid));
    child.kill('SIGINT');
    await answer;
  });

  it('backs up, restores and finds the restored data again', async () => {
    const made = json(
      await auspex('backup', '--to', folder.join('copies'), '--home', home, '--json'),
    ) as unknown as {
      file: string;
    };
    const elsewhere = folder.join('restored');
    const restored = await auspex('restore', made.file, '--home', elsewhere, '--json');
    expect(restored.code, restored.stderr).toBe(0);
    const [here, there] = await Promise.all(
      [home, elsewhere].map(
        async (place) => (await auspex('next', '--date', today, '--home', place, '--json')).stdout,
      ),
    );
    expect(there).toBe(here);
    writeFileSync(made.file, 'broken');
    expect((await auspex('restore', made.file, '--home', elsewhere)).stderr).toContain('BACKUP_FAILED');
  });

  it('takes no offence at a reader that stops early', async () => {
    const { child, answer } = start('next', '--limit', '1000', '--json', '--date', today, '--home', home);
    child.stdout!.once('data', () => child.stdout!.destroy());
    const { code, stderr } = await answer;
    expect(stderr).not.toContain('EPIPE');
    expect(code).toBe(0);
  });

  it('examines itself, and keeps settings within what they allow', async () => {
    const report = json(await auspex('doctor', '--home', home, '--json'));
    expect(report).toMatchObject({ healthy: true });
    expect((await auspex('settings', 'set', 'selection.target', '0.8', '--home', home)).code).toBe(0);
    const refused = await auspex('settings', 'set', 'selection.target', '7', '--home', home);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('CONFIGURATION_INVALID');
  });
});
