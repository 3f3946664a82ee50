import { createHasher } from '../../kernel/math/hash.ts';
import type { Calculator, FeatureDefinition, FeatureFamily } from './calculator.ts';
import { createAdjustedForm } from './calculators/adjusted-form.ts';
import { createAvailability } from './calculators/availability.ts';
import { createBerrar } from './calculators/berrar.ts';
import { createColley } from './calculators/colley.ts';
import { context } from './calculators/context.ts';
import { createElo } from './calculators/elo.ts';
import { createForm } from './calculators/form.ts';
import { corners, createGap, expectedGoals, shots, shotsOnTarget } from './calculators/gap.ts';
import { bivariatePoisson, createGoalLaw, dixonColes } from './calculators/goal-law.ts';
import { createHeadToHead } from './calculators/head-to-head.ts';
import { createHomeAdvantage } from './calculators/home-advantage.ts';
import { createMassey } from './calculators/massey.ts';
import { createNews } from './calculators/news.ts';
import { createPageRank } from './calculators/page-rank.ts';
import { createPerformance } from './calculators/performance.ts';
import { createPi } from './calculators/pi.ts';
import { position } from './calculators/position.ts';
import { createRecentForm } from './calculators/recent-form.ts';
import { schedule } from './calculators/schedule.ts';
import { createSegments } from './calculators/segments.ts';
import { createStrength, expectedGoalsStrength } from './calculators/strength.ts';
import { table } from './calculators/table.ts';
import { createVenueSplits } from './calculators/venue-splits.ts';
import { marketDefinitions } from './market.ts';

/** The core: what the models are trained on. */
export const calculators: readonly Calculator[] = [
  createElo(),
  createPi(),
  createGap(shotsOnTarget),
  createGap(shots),
  createGap(corners),
  createStrength(),
  table,
  schedule,
  createHomeAdvantage(),
  createForm(),
];

/**
 * The families beyond the core: a set of their own, so that the models that are trained every day need not look through
 * them. A new calculator is its file and a line here.
 */
export const extendedCalculators: readonly Calculator[] = [
  createRecentForm(),
  createAdjustedForm(),
  createVenueSplits(),
  createHeadToHead(),
  position,
  createPerformance(),
  context,
  createAvailability(),
  createNews(),
  createSegments(),
  createBerrar(),
  createMassey(),
  createColley(),
  createPageRank(),
  createGap(expectedGoals),
  createStrength(expectedGoalsStrength),
  createGoalLaw(dixonColes),
  createGoalLaw(bivariatePoisson),
];

/** Raised when the same definitions begin to give other values. */
const passVersion = 1;

/** The names of a feature vector in order, and a hash of everything that decides its values. */
export interface FeatureSet {
  readonly code: string;
  readonly names: readonly string[];
  readonly definitions: readonly (FeatureDefinition & { readonly family: FeatureFamily })[];
  readonly hash: string;
  /** Bytes of one number where it is stored: 8, or 4 where single precision is enough. */
  readonly valueBytes: 4 | 8;
  /** Whether a price is among what its numbers rest on: models that use it must say so. */
  readonly isMarketInformed: boolean;
}

type Described = Pick<Calculator, 'name' | 'family' | 'features' | 'parameters'>;

export function featureSetOf(
  list: readonly Described[],
  code: string,
  options: { readonly valueBytes?: 4 | 8; readonly isMarketInformed?: boolean } = {},
): FeatureSet {
  const { valueBytes = 8, isMarketInformed = false } = options;
  const definitions = list.flatMap(({ family, features }) =>
    features.map((definition) => ({ ...definition, family })),
  );
  const names = definitions.map((definition) => definition.name);
  const repeated = names.find((name, i) => names.indexOf(name) !== i);
  if (repeated !== undefined) throw new RangeError(`two features are called ${repeated}`);
  const hasher = createHasher().number(passVersion);
  for (const calculator of list) {
    hasher.text(calculator.name);
    for (const [key, value] of Object.entries(calculator.parameters)) hasher.text(`${key}=${String(value)}`);
    for (const { name } of calculator.features) hasher.text(name);
  }
  return { code, names, definitions, hash: hasher.digest(), valueBytes, isMarketInformed };
}

/** What `calculation` writes and the models that are trained every day read. */
export const footballFeatures: FeatureSet = featureSetOf(calculators, 'football');

/** Everything else that can be known without a price. */
export const extendedFeatures: FeatureSet = featureSetOf(extendedCalculators, 'football-extended', {
  valueBytes: 4,
});

/** What the market thought. Never part of a set that is not declared market-informed. */
export const marketSet: FeatureSet = featureSetOf(
  [{ name: 'market', family: 'market', features: marketDefinitions, parameters: { margin: 'shin' } }],
  'football-market',
  { isMarketInformed: true },
);

/** Every set that `calculation` writes. */
export const featureSets: readonly FeatureSet[] = [footballFeatures, extendedFeatures, marketSet];
