import { setRules, type EvaluationSetRule, type SetRuleName } from '../../contract/evaluation-details.ts';
import { createAdaptiveLevel, type AdaptiveLevel } from '../../kernel/conformal/adaptive.ts';
import { createOnlineConformal, type OnlineConformalOptions } from '../../kernel/conformal/online.ts';
import { hasClass, setAtLevel, setSize } from '../../kernel/conformal/sets.ts';
import { createRandom } from '../../kernel/math/random.ts';
import { forecastRules } from '../forecast/stream.ts';
import type { SettledForecasts } from './coverage.ts';
import { bootstrapSeed, orNull } from './judged.ts';

const classes = 3;
/** Step of the adaptive level, and weight of a row lost with every later one: fixed here, so that no result chose them. */
const gamma = 0.01;
const decay = 0.998;

const scoring: Readonly<Record<SetRuleName, OnlineConformalOptions>> = {
  published: {},
  undivided: { taxonomy: 'all' },
  aps: { score: 'aps', taxonomy: 'all' },
  raps: { score: 'raps', taxonomy: 'all' },
  rps: { score: 'rps' },
  weighted: { decay },
  adaptive: {},
};

interface Tally {
  readonly seen: Float64Array;
  readonly held: Float64Array;
  size: number;
}

/**
 * What other rules would have made of the same forecasts, over the same windows: the published one (least ambiguous sets,
 * class by class), without the division by class, adaptive prediction sets plain and regularised, the ranked probability
 * score, newer rows weighing more (NexCP), and a level that moves with the errors of its championship (ACI). A rule that
 * randomises draws the same numbers at every level.
 */
export function setRulesOf(
  forecasts: SettledForecasts,
  rows: readonly number[],
  today: number,
): EvaluationSetRule[] {
  const watched = new Uint8Array(forecasts.rows);
  for (const row of rows) watched[row] = 1;
  return setRules.flatMap((rule) => judgeRule(forecasts, { rule, watched, today }));
}

function judgeRule(
  forecasts: SettledForecasts,
  options: { readonly rule: SetRuleName; readonly watched: Uint8Array; readonly today: number },
): EvaluationSetRule[] {
  const { rule, watched, today } = options;
  const { window, minimumPerClass, levels } = forecastRules;
  const conformal = createOnlineConformal({ window, minimumPerClass, ...scoring[rule] });
  const random = createRandom(bootstrapSeed);
  const isRandomised = rule === 'aps' || rule === 'raps';
  const adaptive = levels.map(() => new Map<number, AdaptiveLevel>());
  const tallies = levels.map((): Tally => ({
    seen: new Float64Array(classes),
    held: new Float64Array(classes),
    size: 0,
  }));
  for (let from = 0, to = 0; from < forecasts.rows && forecasts.day[from]! < today; from = to) {
    while (to < forecasts.rows && forecasts.day[to] === forecasts.day[from]) to++;
    const settled = [];
    const errors = levels.map(() => new Map<number, number[]>());
    for (let row = from; row < to; row++) {
      const outcome = forecasts.target[row]!;
      if (outcome < 0 || Number.isNaN(forecasts.probabilities[row * classes]!)) continue;
      const stream = forecasts.championship[row]!;
      const probabilities = forecasts.probabilities.subarray(row * classes, (row + 1) * classes);
      const u = isRandomised ? random.uniform() : 0;
      settled.push({ stream, probabilities, outcome, u });
      // A level that moves wants to know of every error; of the others only the rows judged matter.
      if (watched[row] === 0 && rule !== 'adaptive') continue;
      const { basis, pValues } = conformal.forecast(stream, probabilities, u);
      if (basis === 'none') continue;
      levels.forEach((level, at) => {
        const moved = rule === 'adaptive' ? levelOf(adaptive[at]!, stream, level) : undefined;
        const mask = setAtLevel(pValues, moved ? 1 - moved.alpha : level);
        const isHeld = hasClass(mask, outcome);
        if (moved) {
          const missed = errors[at]!.get(stream);
          if (missed) missed.push(isHeld ? 0 : 1);
          else errors[at]!.set(stream, [isHeld ? 0 : 1]);
        }
        if (watched[row] === 0) return;
        const tally = tallies[at]!;
        tally.seen[outcome]!++;
        if (isHeld) tally.held[outcome]!++;
        tally.size += setSize(mask);
      });
    }
    conformal.observe(settled);
    // Matches of a day have no order: their errors move a level together.
    errors.forEach((byStream, at) => {
      for (const [stream, missed] of byStream) adaptive[at]!.get(stream)!.update(missed);
    });
  }
  return levels.flatMap((level, at) => resultOf(rule, level, tallies[at]!));
}

function levelOf(levels: Map<number, AdaptiveLevel>, stream: number, level: number): AdaptiveLevel {
  let held = levels.get(stream);
  if (!held) levels.set(stream, (held = createAdaptiveLevel({ alpha: 1 - level, gamma })));
  return held;
}

function resultOf(rule: SetRuleName, level: number, { seen, held, size }: Tally): EvaluationSetRule[] {
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
  const n = sum(seen);
  if (n === 0) return [];
  const byClass = seen.map((count, k) => held[k]! / count);
  return [
    {
      rule,
      level,
      n,
      coverage: sum(held) / n,
      byClass: [orNull(byClass[0]!), orNull(byClass[1]!), orNull(byClass[2]!)],
      meanSize: size / n,
    },
  ];
}
