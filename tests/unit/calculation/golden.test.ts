import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createElo } from '../../../engine/football/calculation/calculators/elo.ts';
import { createGap, shotsOnTarget } from '../../../engine/football/calculation/calculators/gap.ts';
import { createPi } from '../../../engine/football/calculation/calculators/pi.ts';
import { runPass } from '../../../engine/football/calculation/pass.ts';
import { readDivision, rowDay } from '../../fixtures/history.ts';
import { shared } from '../../fixtures/shared.ts';

const files = shared('data/football/main');
const golden = shared('peers/golden/ratings_dixon_coles.json');

interface GoldenRow {
  readonly date: string;
  readonly home: string;
  readonly away: string;
  readonly elo_difference: number;
  readonly pi_difference: number;
  readonly sot_home: number;
  readonly sot_away: number;
}

describe.skipIf(!files || !golden)('ratings over twelve real seasons (needs ../shared)', () => {
  it('meet the published comparison figures to 1e-9', () => {
    const expected = (
      JSON.parse(readFileSync(golden!, 'utf8')) as { expected: { ratings_before: GoldenRow[] } }
    ).expected.ratings_before;
    const { history, teams } = readDivision(files!, 'E0', { from: 2012, until: 2023 });
    // Those figures let a newcomer start from the mean of the clubs that are really gone.
    const { features, width } = runPass(history, [createElo(), createPi(), createGap(shotsOnTarget)], {
      entry: 'replaced',
    });
    const rowOf = new Map(
      Array.from({ length: history.fixtures.count }, (_, row) => {
        const { home, away, clubs } = history.fixtures;
        return [
          `${rowDay(history, row)} ${teams[clubs[home[row]!]!]!} ${teams[clubs[away[row]!]!]!}`,
          row,
        ] as const;
      }),
    );
    expect(expected).toHaveLength(20);
    for (const match of expected) {
      const at = rowOf.get(`${match.date} ${match.home} ${match.away}`)! * width;
      const [elo, , pi, home, away] = features.subarray(at, at + width);
      expect(Math.abs(elo! - match.elo_difference)).toBeLessThan(1e-9);
      expect(Math.abs(pi! - match.pi_difference)).toBeLessThan(1e-9);
      expect(Math.abs(home! - match.sot_home)).toBeLessThan(1e-9);
      expect(Math.abs(away! - match.sot_away)).toBeLessThan(1e-9);
    }
  });
});
