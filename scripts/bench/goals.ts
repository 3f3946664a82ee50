import { dayNumber } from '../../engine/contract/zones.ts';
import { forecastMatch } from '../../engine/football/forecast/types/derive.ts';
import { outcomeMargin, overMargin, reconcileGrid } from '../../engine/kernel/goals/reconcile.ts';
import { fitGoalModel } from '../../engine/kernel/modeling/goals/fit.ts';
import { gridOfLaw } from '../../engine/kernel/modeling/goals/grid.ts';
import { scoreLaws } from '../../engine/kernel/modeling/goals/laws/registry.ts';
import type { ScoreLawName } from '../../engine/kernel/modeling/goals/laws/registry.ts';
import type { GoalMatches } from '../../engine/kernel/modeling/goals/matches.ts';
import { walkForwardGoals } from '../../engine/kernel/modeling/goals/walk-forward.ts';
import { drawLeague } from './league.ts';
import type { LeagueMatch } from './league.ts';
import { askPython, median, peersFolder, type Bench } from './bench.ts';

/** As the peer's own protocol has it: a ridge of 0.01 and a decay of 0.0018 a day. */
const peerProtocol = { ridge: 0.01, halfLifeDays: Math.LN2 / 0.0018 };

const drawn = (seasons: number): LeagueMatch[] => drawLeague({ clubs: 20, seasons, seed: 7 });

function toColumns(league: readonly LeagueMatch[]): { matches: GoalMatches; clubs: number } {
  return {
    clubs: 1 + Math.max(...league.map(({ home, away }) => Math.max(home, away))),
    matches: {
      day: Int32Array.from(league, ({ day }) => dayNumber(day)),
      home: Int32Array.from(league, ({ home }) => home),
      away: Int32Array.from(league, ({ away }) => away),
      homeGoals: Uint8Array.from(league, ({ goals }) => goals[0]),
      awayGoals: Uint8Array.from(league, ({ goals }) => goals[1]),
    },
  };
}

/** Median of nine runs in milliseconds, after one that does not count. */
function medianMilliseconds(work: () => unknown): number {
  work();
  return median(
    Array.from({ length: 9 }, () => {
      const started = performance.now();
      work();
      return performance.now() - started;
    }),
  );
}

function fit(seasons: number, law: ScoreLawName): number {
  const { matches, clubs } = toColumns(drawn(seasons));
  return medianMilliseconds(() => fitGoalModel(matches, { ...peerProtocol, law, clubs }));
}

const peerProgram = `
import json, sys
sys.path.insert(0, sys.argv[1])
rows = json.load(sys.stdin)
sys.argv = ["bench", "--data", "."]
import elo_pi_peer as peer
from datetime import date
ms = [{"date": date.fromisoformat(d), "home": h, "away": a, "hg": x, "ag": y} for d, h, a, x, y in rows]
print(peer.time_fit(ms, {m["home"] for m in ms}, 0.01, True, 9)["median_seconds"] * 1000)
`;

/** The peer's fit with an analytic gradient (SciPy's L-BFGS-B) to the same matches. */
async function peerFit(seasons: number): Promise<number | undefined> {
  const rows = drawn(seasons).map(({ day, home, away, goals }) => [
    day,
    String(home),
    String(away),
    ...goals,
  ]);
  const printed = await askPython(['-c', peerProgram, peersFolder], { input: JSON.stringify(rows) });
  return printed as number | undefined;
}

function bench(name: string, run: () => number, unit = 'ms'): Bench {
  return { name, unit, run: () => Promise.resolve(run()) };
}

function besidePeer(name: string, seasons: number): Bench {
  return {
    ...bench(name, () => fit(seasons, 'dixon-coles')),
    peer: { name: 'SciPy, analytic gradient', run: () => peerFit(seasons) },
  };
}

function forecastHundred(): number {
  const law = scoreLaws['dixon-coles'];
  return medianMilliseconds(() => {
    for (let i = 0; i < 100; i++) {
      const grid = gridOfLaw(law, { home: 1 + i / 100, away: 1.8 - i / 100, extras: [-0.05] });
      const margins = [
        overMargin('total', [{ line: 2.5, over: 0.52 }], 16),
        outcomeMargin([0.45, 0.27, 0.28], 16),
      ];
      forecastMatch(reconcileGrid(grid, margins).grid, 'football');
    }
  });
}

export const benches: readonly Bench[] = [
  besidePeer('Dixon-Coles fit, 380 matches', 1),
  besidePeer('Dixon-Coles fit, 1,900 matches', 5),
  ...(['poisson', 'bivariate-poisson', 'negative-binomial', 'weibull-copula'] as const).map((law) =>
    bench(`${law} fit, 1,900 matches`, () => fit(5, law)),
  ),
  bench(
    'Dixon-Coles, 19 seasons refitted before each match day',
    () => {
      const { matches, clubs } = toColumns(drawn(19));
      const started = performance.now();
      walkForwardGoals(matches, { clubs });
      return (performance.now() - started) / 1000;
    },
    's',
  ),
  bench('100 matches: grid, reconciled to result and total, every forecast type', forecastHundred),
];
