import { describe, expect, test } from 'vitest';
import { ruleNames, type Finding, type Level } from '../../../engine/contract/monitoring.ts';
import { loadLocale } from '../../../engine/documents/locale.ts';
import { findingOf } from '../../../engine/football/watch/check.ts';
import { checks } from '../../../engine/football/watch/registry.ts';
import { calmReports, changesOfAlerts, type OpenAlert } from '../../../engine/monitoring/alerts.ts';
import { wordsOfFinding } from '../../../engine/monitoring/words.ts';

const bounds = { warnAt: 10, criticalAt: 20, calmBelow: 5 };
const look = (value: number | null, isBeyondChance = true): Finding =>
  findingOf('martingale', 'football', { value, bounds, unit: 'wealth', n: 100, isBeyondChance });

/** Shows a figure report after report; answers what was open after each. */
function follow(values: readonly (number | null)[]): (OpenAlert['severity'] | null)[] {
  let open: OpenAlert[] = [];
  let nextId = 1;
  return values.map((value) => {
    const changes = changesOfAlerts([look(value)], open);
    for (const { severity } of changes.raise)
      open.push({ id: nextId++, rule: 'martingale', subject: 'football', severity, calm: 0 });
    for (const { id, severity } of changes.hold)
      open = open.map((one) => (one.id === id ? { ...one, severity, calm: 0 } : one));
    for (const { id, calm } of changes.calm)
      open = open.map((one) => (one.id === id ? { ...one, calm } : one));
    for (const { id } of changes.clear) open = open.filter((one) => one.id !== id);
    return open[0]?.severity ?? null;
  });
}

describe('an alert', () => {
  test('is raised at the upper bound and cleared only after calm reports in a row below the lower one', () => {
    expect(calmReports).toBe(2);
    expect(follow([9, 10, 7, 7, 4, 7, 4, 4, 9])).toEqual([
      ...[null, 'warning', 'warning', 'warning', 'warning', 'warning', 'warning'],
      ...[null, null],
    ]);
  });

  test('grows critical and comes back to a warning without being raised again', () => {
    expect(follow([12, 25, 12])).toEqual(['warning', 'critical', 'warning']);
    const open = { id: 1, rule: 'martingale', subject: 'football', severity: 'warning', calm: 0 } as const;
    expect(changesOfAlerts([look(25)], [open]).hold).toMatchObject([{ id: 1, isWorse: true }]);
    expect(changesOfAlerts([look(12)], [open]).hold).toMatchObject([{ id: 1, isWorse: false }]);
  });

  test('stays as it is while nothing can be said, and where its subject is not looked at', () => {
    expect(follow([12, null, null, null])).toEqual(['warning', 'warning', 'warning', 'warning']);
    const open = { id: 1, rule: 'martingale', subject: 'elsewhere', severity: 'warning', calm: 1 } as const;
    expect(changesOfAlerts([look(0)], [open])).toEqual({ raise: [], hold: [], calm: [], clear: [] });
  });

  test('is never raised by what chance alone explains', () => {
    expect(look(30, false)).toMatchObject({ level: 'good', isCalm: true });
  });
});

describe('the rules', () => {
  test('each is watched by exactly one check', () => {
    expect(checks.flatMap(({ rules }) => rules).toSorted()).toEqual([...ruleNames].sort());
  });

  test.each(['en', 'ru'] as const)('each has its words in %s, with every number it mentions', (language) => {
    const locale = loadLocale(language);
    const levels: Level[] = ['good', 'warning', 'critical', 'unknown'];
    for (const level of levels) expect(locale.t(`monitoring.level.${level}`)).not.toContain('monitoring');
    const detail = Object.fromEntries(
      [
        ...['matches', 'days', 'season', 'held', 'planned', 'mean', 'meanBefore', 'before', 'code', 'failed'],
        ...['worst', 'nullHigh', 'low', 'high', 'share', 'promised', 'alarmAt'],
      ].map((name) => [name, 1]),
    );
    for (const rule of ruleNames) {
      const words = wordsOfFinding({ ...look(1), rule, detail }, locale);
      for (const sentence of Object.values(words)) {
        expect(sentence, rule).not.toMatch(/monitoring\.|\{\{|undefined|NaN/);
        expect(sentence.length, rule).toBeGreaterThan(0);
      }
    }
  });

  test.each(['en', 'ru'] as const)('none claims in %s what too little data cannot show', (language) => {
    const locale = loadLocale(language);
    const sentences = ruleNames.map((rule) => wordsOfFinding({ ...look(null), rule }, locale).text);
    for (const sentence of sentences) expect(sentence).not.toMatch(/monitoring\.|\{\{|–/);
    expect(new Set(sentences).size, 'one sentence for all of them').toBe(1);
    expect(sentences[0]).toContain('100');
  });
});
