import { beforeAll, describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { evaluationReportSchema, type EvaluationReport } from '../../../engine/contract/evaluation.ts';
import { languages } from '../../../engine/contract/domain.ts';
import { loadLocale } from '../../../engine/documents/locale.ts';
import { formats, writerOf } from '../../../engine/documents/registry.ts';
import { scoreWalkForward } from '../../../engine/football/evaluation/evaluation.ts';
import type { EvaluationInput } from '../../../engine/football/evaluation/judged.ts';
import { evaluationDocument } from '../../../engine/football/evaluation/report/document.ts';
import { writeEvaluationReport } from '../../../engine/football/evaluation/report/write.ts';
import { makeWorld, pricesOf } from '../../fixtures/model-table.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';
import { htmlProblems } from '../../fixtures/valid-html.ts';
import { markupProblems } from '../../fixtures/well-formed.ts';

const made = { at: Date.UTC(2026, 10, 20), day: '2026-11-20', zone: 'Europe/London' };
let report: EvaluationReport;
let withoutMarket: EvaluationReport;

beforeAll(() => {
  const { table, truth } = makeWorld({ seasons: 4, matchesPerSeason: 80 });
  const input: EvaluationInput = {
    table,
    families: { logistic: truth, 'base-rate': new Float64Array(table.rows * 3).fill(1 / 3) },
    preMatch: pricesOf(
      truth.map((p) => 0.8 * p + 0.2 / 3),
      table.rows,
    ),
    closing: pricesOf(truth, table.rows),
    championships: [0, 1],
    fromYear: 2011,
    toYear: 2013,
    from: '2011/12',
    to: '2013/14',
    today: 1_000_000,
    target: 0.7,
    delta: 0.1,
    details: {
      live: {
        probabilities: new Float64Array(table.rows * 3).fill(Number.NaN),
        set80: new Uint8Array(table.rows),
        set90: new Uint8Array(table.rows),
      },
      takers: [1],
      names: { C1: '<b>First & last</b>', C2: 'Second' },
    },
  };
  report = scoreWalkForward(input);
  const none = pricesOf(new Float64Array(table.rows * 3).fill(Number.NaN), table.rows);
  withoutMarket = scoreWalkForward({ ...input, preMatch: none, closing: none });
});

describe('the evaluation report', () => {
  it.each(languages)('is one well-formed page without anything from elsewhere, in %s', async (language) => {
    using folder = temporaryFolder();
    const [path] = await writeEvaluationReport(report, {
      folder: folder.path,
      formats: ['html'],
      locale: loadLocale(language),
      made,
    });
    expect(path).toContain(`evaluation.${language}.html`);
    const page = readFileSync(path!, 'utf8');
    expect(markupProblems(page)).toEqual([]);
    expect(htmlProblems(page)).toEqual([]);
    expect(page).toContain('&lt;b&gt;First &amp; last&lt;/b&gt;');
    expect(page).not.toMatch(/https?:|<script|url\(/);
    expect(page).not.toMatch(/NaN|Infinity|undefined|evaluation\.[a-z-]+\./);
    expect(page.match(/<svg /g)!.length).toBeGreaterThanOrEqual(5);
  });

  it.each(languages)('is whole without a single price, and says what is missing, in %s', async (language) => {
    using folder = temporaryFolder();
    const locale = loadLocale(language);
    const options = { folder: folder.path, formats: ['html'], locale, made };
    const [path] = await writeEvaluationReport(withoutMarket, options);
    const page = readFileSync(path!, 'utf8');
    expect(htmlProblems(page)).toEqual([]);
    expect(page).not.toMatch(/NaN|Infinity|undefined|evaluation\.[a-z-]+\./);
    expect(page).toContain(
      locale.t('evaluation.headline.base-rate', { loss: locale.number(Math.log(3), 4) }),
    );
    expect(withoutMarket.details!.coverage.some(({ by }) => by === 'odds-band')).toBe(false);
    expect(evaluationReportSchema.parse(JSON.parse(JSON.stringify(withoutMarket)))).toEqual(withoutMarket);
  });

  it('is written in every format, with the warning before any yield', async () => {
    using folder = temporaryFolder();
    const paths = await writeEvaluationReport(report, {
      folder: folder.path,
      formats,
      locale: loadLocale('en'),
      made,
    });
    expect(paths).toHaveLength(formats.length);
    const text = readFileSync(
      paths.find((path) => path.endsWith('.md'))!,
      'utf8',
    );
    expect(text.indexOf('Warning')).toBeGreaterThan(0);
    expect(text.indexOf('Warning')).toBeLessThan(text.indexOf('Yield'));
    const json = JSON.parse(
      readFileSync(
        paths.find((path) => path.endsWith('.json'))!,
        'utf8',
      ),
    ) as {
      rows: { family: string; logLoss: number }[];
    };
    expect(json.rows.find(({ family }) => family === 'champion')!.logLoss).toBe(
      report.details!.slices.find(({ family }) => family === 'champion')!.logLoss,
    );
  });

  it('says what expected goals change, and that they change nothing where the interval holds zero', () => {
    const section = (change: { value: number; low: number; high: number }) =>
      evaluationDocument(
        {
          ...report,
          details: {
            ...report.details!,
            expectedGoals: {
              matches: 5404,
              seasons: [2021, 2022, 2023],
              logLoss: { baseRate: 1.06, without: 0.98, with: 0.979, market: 0.965 },
              gapClosed: {
                without: { value: 0.84, low: 0.8, high: 0.88 },
                with: { value: 0.85, low: 0.81, high: 0.89 },
              },
              change,
            },
          },
        },
        loadLocale('en'),
        made,
      ).sections.find(({ id }) => id === 'expected-goals')!;
    const open = section({ value: 0.01, low: -0.02, high: 0.03 });
    expect(open.paragraphs.join(' ')).toMatch(/5,404 matches.*2021 to 2023.*do not show/);
    expect(JSON.stringify(open.blocks)).toContain('[-2.0%; 3.0%]');
    expect(section({ value: 0.02, low: 0.01, high: 0.03 }).paragraphs.join(' ')).toContain('more of the gap');
    expect(section({ value: -0.02, low: -0.03, high: -0.01 }).paragraphs.join(' ')).toContain(
      'less of the gap',
    );
  });

  it('says in every section without data that there is none, rather than leave it out', () => {
    const { details } = report;
    const empty: EvaluationReport = {
      ...report,
      championships: [],
      all: null,
      details: {
        ...details!,
        slices: [],
        diagnostics: [],
        reliability: [],
        paired: [],
        coverage: [],
        setRules: [],
        filterStudy: null,
        betting: null,
      },
    };
    const document = evaluationDocument(empty, loadLocale('en'), made);
    const page = writerOf('html').write(document, loadLocale('en'));
    expect(markupProblems(page)).toEqual([]);
    expect(page).not.toMatch(/NaN|Infinity|undefined/);
    expect(document.sections.find(({ id }) => id === 'expected-goals')!.paragraphs.join(' ')).toContain(
      'No two seasons',
    );
    for (const id of ['calibration', 'draws', 'filters', 'betting']) {
      const section = document.sections.find((one) => one.id === id)!;
      expect(section.paragraphs.join(' '), id).toMatch(/Not enough data|nothing can be said/);
    }
  });
});
