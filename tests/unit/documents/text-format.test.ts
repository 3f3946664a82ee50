import { expect, test } from 'vitest';
import { loadLocale } from '../../../engine/documents/locale.ts';
import { textWriter } from '../../../engine/documents/writers/text.ts';
import { eventDocument } from '../../fixtures/event-document.ts';

const russian = loadLocale('ru');
const written = (options: Parameters<typeof eventDocument>[0]): string =>
  textWriter.write(eventDocument({ language: 'ru', ...options }), russian).replaceAll('\u00a0', ' ');

test('a match has its head, and each forecast its lines, in the order and words that readers know', () => {
  expect(written({})).toContain(`ID матча: 7
⚽ Футбол - England · Premier League
Ash - Birch
Время: 15:00 GMT+0

ДЕТАЛЬНАЯ СТАТИСТИКА ПРОГНОЗА

Исход: П1
Вероятность: 50,0 % | Уверенность: 75,0 % | Неопределённость: 25,0 %
Границы: 80 % [1X], 90 % [1X2]

Тотал голов: ТБ 2,5
Вероятность: 58,0 %
Границы: 80 % [ТБ 2,5], 90 % [ТБ 2,5 / ТМ 2,5]

Тотал голов, количество: 3,0 → ТБ 2,5
Вероятность: 58,0 %
Границы: 80 % [1 – 5], 90 % [–]
`);
});

test('the title is in capitals with the date', () => {
  expect(written({})).toMatch(/^TITLE ASH - 21\.11\.2026\n/);
});

test('a mark of accuracy is a chart and one of the last ten a flame, from 70% on, and only a result has a tick', () => {
  const history = (hits: number, lastTen: number) =>
    written({
      own: [
        ['history.hits', 'integer', hits],
        ['history.count', 'integer', 100],
        ['history.lastTenHits', 'integer', lastTen],
        ['history.lastTenCount', 'integer', 10],
      ],
    });
  expect(history(70, 7)).toContain(
    '📈 Историческая точность: 70/100 (70,0 %) | 🔥 Последние 10: 7/10 (70,0 %)',
  );
  expect(history(69, 6)).toContain(
    '📉 Историческая точность: 69/100 (69,0 %) | ❄️ Последние 10: 6/10 (60,0 %)',
  );
  expect(history(69, 6)).not.toMatch(/[✅❌⏳]/u);
});

test('calibration and stability follow the bounds on their line, where they are known', () => {
  const text = written({
    own: [
      ['history.hits', 'integer', 54],
      ['history.count', 'integer', 100],
      ['history.meanProbability', 'number', 0.523],
      ['history.stability.low', 'number', 0.45],
      ['history.stability.high', 'number', 0.58],
    ],
  });
  expect(text).toContain(
    'Границы: 80 % [1X], 90 % [1X2] | Калибровка: 52,3 % → 54,0 % | Стабильность: 45,0 % – 58,0 %\n📉',
  );
});

test('a result is right, wrong or awaited, each with its own mark', () => {
  const outcome = (isHit: boolean | null) =>
    written({
      kind: 'outcome',
      own: [
        ['result.isHit', 'flag', isHit],
        ['result.homeGoals', 'integer', isHit === null ? null : 2],
        ['result.awayGoals', 'integer', isHit === null ? null : 1],
      ],
    });
  expect(outcome(true)).toContain('✅ Исход: П1');
  expect(outcome(true)).toContain('Результат: 2:1 | Время: 15:00 GMT+0');
  expect(outcome(false)).toContain('❌ Исход: П1');
  expect(outcome(null)).toContain('⏳ Исход: П1');
  expect(outcome(null)).not.toContain('Результат');
});

test('a quality document shows the record of the selection in place of the probability', () => {
  const text = written({
    variant: 'quality',
    own: [
      ['quality.isSelected', 'flag', true],
      ['quality.recordHits', 'integer', 80],
      ['quality.recordCount', 'integer', 100],
      ['quality.bound', 'number', 0.72],
    ],
  });
  expect(text).toContain(
    'Исход: П1\nТочность отбора: 80/100 (80,0 %) | Не менее: 72,0 %\nУверенность: 75,0 %',
  );
  expect(text).not.toContain('Исход: П1\nВероятность');
  expect(text).not.toContain('Тотал голов');
});

test('a match without forecast names the code of what failed, and one without an hour says so', () => {
  const text = written({
    own: [
      ['label.sign', 'text', null],
      ['types.total.label', 'text', null],
      ['types.total-amount.label', 'text', null],
      ['failure.code', 'text', 'FEATURES_MISSING'],
      ['match.kickOffPrecision', 'text', 'day'],
    ],
  });
  expect(text).toContain('⚠️ FEATURES_MISSING');
  expect(text).toContain('Время: время неизвестно');
});

test('what no forecast has a record of is said once, above the matches', () => {
  const sentence = 'последние 10: мало данных';
  expect(written({}).split(sentence)).toHaveLength(2);
  const lastTen = [
    ['history.lastTenHits', 'integer', 7],
    ['history.lastTenCount', 'integer', 10],
  ] as const;
  expect(written({ own: lastTen })).not.toContain(sentence);
});

test('a forecast that its own set leaves out carries a mark, which the legend explains', () => {
  const text = written({ own: [['types.total.set80', 'integer', 2]] });
  expect(text).toContain('Границы: 80 % [ТМ 2,5], 90 % [ТБ 2,5 / ТМ 2,5] ❗\n');
  expect(text.split('❗')).toHaveLength(3);
  expect(written({})).not.toContain('❗');
});
