import { publishedTypes } from '../../contract/forecasts.ts';
import type { RecordGroup, ResultRecord } from '../../contract/results.ts';
import { clopperPearsonInterval } from '../../kernel/math/intervals.ts';
import { repeatsTotal, type SettledSaid } from './settled-forecasts.ts';

const intervalConfidence = 0.9;
/** Width of a band of probability, in points. */
const strengthStep = 5;

/** What settled forecasts came to, taken together and in groups; amounts are told by type alone. */
export function resultRecord(everything: readonly SettledSaid[]): ResultRecord {
  const apart = everything.filter(({ type }) => !repeatsTotal(type));
  // Where nothing but amounts is asked for, they are what is counted.
  const settled = apart.length > 0 ? apart : everything;
  const by = (keyOf: (one: SettledSaid) => string, nameOf = keyOf, of = settled): RecordGroup[] =>
    [...Map.groupBy(of, keyOf)].map(([key, group]) => recordGroup(key, nameOf(group[0]!), group));
  const inOrder = (a: RecordGroup, b: RecordGroup): number => (a.key < b.key ? -1 : 1);
  const placeOf = ({ key }: RecordGroup): number =>
    publishedTypes.findIndex((type) => key === type || key.startsWith(`${type} `));
  return {
    all: settled.length === 0 ? null : recordGroup('all', 'all', settled),
    live: settled.filter(({ isLive }) => isLive).length,
    byType: by(
      ({ type }) => type,
      ({ type }) => type,
      everything,
    ).sort((a, b) => placeOf(a) - placeOf(b)),
    byLabel: by(({ type, label }) => `${type} ${label}`).sort(
      (a, b) => placeOf(a) - placeOf(b) || inOrder(a, b),
    ),
    byChampionship: by(
      ({ championship }) => championship,
      ({ championshipName }) => championshipName,
    ).sort((a, b) => b.n - a.n),
    bySeason: by(({ season }) => season).sort(inOrder),
    byMonth: by(({ day }) => day.slice(0, 7)).sort(inOrder),
    byStrength: by(({ probability }) => strengthOf(probability)).sort(inOrder),
    bySelection: by(({ isSelected }) => (isSelected ? 'selected' : 'not-selected')).sort(inOrder),
  };
}

/** The lower end of the band that a probability lies in, in points: `55`. */
function strengthOf(probability: number): string {
  const points = Math.floor((probability * 100 + 1e-9) / strengthStep) * strengthStep;
  return String(Math.min(points, 100 - strengthStep)).padStart(2, '0');
}

function recordGroup(key: string, name: string, group: readonly SettledSaid[]): RecordGroup {
  const n = group.length;
  let hits = 0;
  let expected = 0;
  let square = 0;
  const held80 = { n: 0, held: 0 };
  const held90 = { n: 0, held: 0 };
  for (const one of group) {
    const event = one.isHit ? 1 : 0;
    hits += event;
    expected += one.probability;
    square += (one.probability - event) ** 2;
    count(held80, one.held80);
    count(held90, one.held90);
  }
  const [low, high] = clopperPearsonInterval(hits, n, intervalConfidence);
  return { key, name, n, hits, meanProbability: expected / n, low, high, brier: square / n, held80, held90 };
}

function count(tally: { n: number; held: number }, held: boolean | null): void {
  if (held === null) return;
  tally.n++;
  if (held) tally.held++;
}
