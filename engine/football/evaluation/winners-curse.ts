import type { CurseQuestion, Trial, WinnersCurse } from '../../contract/results.ts';
import { naiveSelection, selectFamilies } from '../../kernel/conformal/risk-control.ts';
import { createRandom } from '../../kernel/math/random.ts';
import { mean, quantileSorted } from '../../kernel/math/summary.ts';
import { selectionRules } from '../forecast/selection.ts';
import { bootstrapSeed } from './judged.ts';
import { repeatsTotal, type SettledSaid } from './settled-forecasts.ts';

/** Thresholds on the probability that every filter is tried at. */
const thresholds = [0, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9] as const;
const worlds = 200;
const shownBest = 15;
const cloudSize = 600;
/** The best so many filters stand for "the ones that an analyst would have taken". */
const taken = 5;

interface Count {
  n: number;
  hits: number;
  expected: number;
  /** Sum of p (1 - p): the spread of the hits where every probability is right. */
  spread: number;
}

/** A filter that was looked at. */
interface Tried extends Pick<Trial, 'sport' | 'type' | 'label' | 'championship' | 'threshold'> {
  readonly past: Count;
  readonly future: Count;
}

/**
 * What choosing filters by their past does. Every filter (sport, type, label, championship, threshold) is looked at on the
 * matches before the split, the best are taken, and what they came to afterwards stands beside; and so does the selection
 * that counts its trials, made on the same past.
 */
export function winnersCurse(
  everything: readonly SettledSaid[],
  question: Pick<CurseQuestion, 'split' | 'minimum'>,
  rule: { readonly target: number; readonly delta: number },
): WinnersCurse {
  const settled = everything.filter(({ type }) => !repeatsTotal(type));
  const split = question.split ?? splitOf(settled);
  const isPast = (one: SettledSaid): boolean => split !== null && one.day < split;
  const past = settled.filter(isPast);
  const future = settled.filter((one) => !isPast(one));
  const trials = distinct(countTrials(settled, isPast)).filter((one) => one.past.n >= question.minimum);
  const ranked = trials.toSorted((a, b) => excess(b.past) - excess(a.past));
  const step = Math.max(1, trials.length / cloudSize);
  const cloud = Array.from(
    { length: Math.min(cloudSize, trials.length) },
    (_, at) => trials[Math.floor(at * step)]!,
  );
  const best = ranked.slice(0, taken);
  return {
    split,
    past: tallyOf(past),
    future: tallyOf(future),
    trials: trials.length,
    cloud: cloud
      .filter((one) => one.future.n > 0)
      .map((one) => ({ past: excess(one.past), future: excess(one.future), n: one.past.n })),
    best: ranked.slice(0, shownBest).map(trialOf),
    bestExcess:
      best.length === 0 ? null : { past: pooledExcess(best, 'past'), future: pooledExcess(best, 'future') },
    luck: luckOf(trials),
    ...selections(past, future, rule),
  };
}

/** The first day of the last third of the forecasts; null without any. */
function splitOf(settled: readonly SettledSaid[]): string | null {
  const days = settled.map(({ day }) => day).sort();
  return days[Math.floor((days.length * 2) / 3)] ?? null;
}

const emptyCount = (): Count => ({ n: 0, hits: 0, expected: 0, spread: 0 });

function countTrials(settled: readonly SettledSaid[], isPast: (one: SettledSaid) => boolean): Tried[] {
  const tried = new Map<string, Tried>();
  for (const one of settled) {
    const { sport, type, probability } = one;
    for (const label of [null, one.label]) {
      for (const championship of [null, one.championship]) {
        for (const threshold of thresholds) {
          if (probability < threshold) break;
          const key = `${sport}\u0000${type}\u0000${label ?? ''}\u0000${championship ?? ''}\u0000${threshold}`;
          let trial = tried.get(key);
          if (!trial) {
            trial = { sport, type, label, championship, threshold, past: emptyCount(), future: emptyCount() };
            tried.set(key, trial);
          }
          const count = isPast(one) ? trial.past : trial.future;
          count.n++;
          if (one.isHit) count.hits++;
          count.expected += probability;
          count.spread += probability * (1 - probability);
        }
      }
    }
  }
  return [...tried.values()];
}

/** Two thresholds that take the same forecasts are one trial: the looser one stands for both. */
function distinct(tried: readonly Tried[]): Tried[] {
  const seen = new Set<string>();
  return tried
    .toSorted((a, b) => a.threshold - b.threshold)
    .filter(({ sport, type, label, championship, past, future }) => {
      const key = [sport, type, label, championship, past.n, future.n].join('\u0000');
      return !seen.has(key) && seen.add(key);
    });
}

/** By how much the hit rate beats the mean probability. */
const excess = ({ n, hits, expected }: Count): number => (n === 0 ? 0 : (hits - expected) / n);

function pooledExcess(trials: readonly Tried[], when: 'past' | 'future'): number {
  const held = trials.filter((one) => one[when].n > 0);
  return held.length === 0 ? 0 : mean(held.map((one) => excess(one[when])));
}

const trialOf = ({ past, future, ...filter }: Tried): Trial => ({
  sport: filter.sport,
  type: filter.type,
  label: filter.label,
  championship: filter.championship,
  threshold: filter.threshold,
  past: { n: past.n, hits: past.hits, meanProbability: past.expected / past.n },
  future: {
    n: future.n,
    hits: future.hits,
    meanProbability: future.n === 0 ? 0 : future.expected / future.n,
  },
});

/**
 * Worlds in which every probability is right: each filter's hits vary by chance alone (by the normal law of its own
 * spread), and the best ones are taken as before. Filters that overlap vary apart here, which makes luck look a little
 * larger than it is.
 */
function luckOf(trials: readonly Tried[]): WinnersCurse['luck'] {
  if (trials.length === 0) return null;
  const random = createRandom(bootstrapSeed);
  const scales = trials.map(({ past }) => Math.sqrt(past.spread) / past.n);
  const bests = Float64Array.from({ length: worlds }, () => {
    const drawn = Float64Array.from(scales, (scale) => scale * random.normal()).sort();
    return mean(drawn.subarray(-Math.min(taken, drawn.length)));
  }).sort();
  return { mean: mean(bests), high: quantileSorted(bests, 0.95), worlds };
}

/** The selection that counts its trials, and the one that takes past hit rates at face value. */
function selections(
  past: readonly SettledSaid[],
  future: readonly SettledSaid[],
  { target, delta }: { readonly target: number; readonly delta: number },
): Pick<WinnersCurse, 'honest' | 'naive'> {
  const familyOf = ({ sport, type, label }: SettledSaid): string => `${sport} ${type} ${label}`;
  const families = [...Map.groupBy(past, familyOf)];
  const later = Map.groupBy(future, familyOf);
  const records = families.map(([, group]) => ({
    confidence: group.map(({ probability }) => probability),
    correct: group.map(({ isHit }) => (isHit ? 1 : 0)),
  }));
  const { minimumSelected, steps } = selectionRules;
  const options = { target, delta, minimumSelected, steps };
  const found = selectFamilies(records, options);
  const after = (key: string, threshold: number) =>
    tallyOf((later.get(key) ?? []).filter(({ probability }) => probability >= threshold));
  const honest = {
    target,
    delta,
    families: found.filter(({ status }) => status !== 'notEnoughHistory').length,
    selected: 0,
    thresholds: 0,
    past: { n: 0, hits: 0 },
    future: { n: 0, hits: 0 },
  };
  const naive = { selected: 0, past: { n: 0, hits: 0 }, future: { n: 0, hits: 0 } };
  found.forEach((one, at) => {
    const [key] = families[at]!;
    if (one.status === 'notEnoughHistory') return;
    honest.thresholds += one.tried;
    if (one.status === 'selected') {
      honest.selected++;
      add(honest.past, one);
      add(honest.future, after(key, one.threshold));
    }
    const face = naiveSelection(records[at]!, options);
    if (!face) return;
    naive.selected++;
    add(naive.past, face);
    add(naive.future, after(key, face.threshold));
  });
  return { honest, naive };
}

function add(to: { n: number; hits: number }, more: { readonly n: number; readonly hits: number }): void {
  to.n += more.n;
  to.hits += more.hits;
}

const tallyOf = (group: readonly SettledSaid[]): { n: number; hits: number } => ({
  n: group.length,
  hits: group.filter(({ isHit }) => isHit).length,
});
