import { describe, expect, it } from 'vitest';
import { championships, formatOf } from '../../../engine/football/getting/championships.ts';
import { readDivision } from '../../fixtures/history.ts';
import { shared } from '../../fixtures/shared.ts';

const files = shared('data/football/main');
/** Seasons that were cut short or lost a club after they had begun: the format is what was planned before them. */
const notAsPlanned = new Set(['F1 2019', 'T1 2009', 'T1 2013', 'T1 2020']);

describe('the formats of the championships', () => {
  it('follow one another in time, and have room for the places that lead up and down', () => {
    for (const { code, formats } of championships) {
      const years = formats.map(({ from }) => from);
      expect([...new Set(years)].sort(), code).toEqual(years);
      for (const { clubs, upper, lower } of formats) expect(upper + lower, code).toBeLessThan(clubs);
    }
  });

  it.skipIf(!files)('say how many clubs and matches real seasons had (needs ../shared/data/football)', () => {
    for (const code of ['E0', 'D1', 'I1', 'SP1', 'F1', 'T1']) {
      const { history } = readDivision(files!, code, { from: 2005, until: 2023 });
      const { fixtures } = history;
      const championship = championships.find((one) => one.code === code)!;
      fixtures.seasons.forEach(({ firstYear }, season) => {
        if (notAsPlanned.has(`${code} ${String(firstYear)}`)) return;
        const clubs = new Set<number>();
        let matches = 0;
        fixtures.season.forEach((of, row) => {
          if (of !== season) return;
          clubs.add(fixtures.home[row]!);
          matches++;
        });
        const format = formatOf(championship, firstYear);
        expect([clubs.size, (2 * matches) / clubs.size], `${code} ${String(firstYear)}`).toEqual([
          format?.clubs,
          format?.matches,
        ]);
      });
    }
  });
});
