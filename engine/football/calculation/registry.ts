import { createHasher } from '../../kernel/math/hash.ts';
import type { Calculator, FeatureDefinition } from './calculator.ts';
import { createElo } from './calculators/elo.ts';
import { createForm } from './calculators/form.ts';
import { corners, createGap, shots, shotsOnTarget } from './calculators/gap.ts';
import { createHomeAdvantage } from './calculators/home-advantage.ts';
import { createPi } from './calculators/pi.ts';
import { schedule } from './calculators/schedule.ts';
import { createStrength } from './calculators/strength.ts';
import { table } from './calculators/table.ts';

/** Every calculator of the football pack. A new one is its file and a line here. */
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

/** Raised when the same definitions begin to give other values. */
const passVersion = 1;

/** The names of a feature vector in order, and a hash of everything that decides its values. */
export interface FeatureSet {
  readonly code: string;
  readonly names: readonly string[];
  readonly definitions: readonly FeatureDefinition[];
  readonly hash: string;
}

export function featureSetOf(list: readonly Calculator[], code: string): FeatureSet {
  const definitions = list.flatMap((calculator) => calculator.features);
  const names = definitions.map((definition) => definition.name);
  const repeated = names.find((name, i) => names.indexOf(name) !== i);
  if (repeated !== undefined) throw new RangeError(`two features are called ${repeated}`);
  const hasher = createHasher().number(passVersion);
  for (const calculator of list) {
    hasher.text(calculator.name);
    for (const [key, value] of Object.entries(calculator.parameters)) hasher.text(`${key}=${String(value)}`);
    for (const { name } of calculator.features) hasher.text(name);
  }
  return { code, names, definitions, hash: hasher.digest() };
}

/** What `calculation` writes and the later rooms read. */
export const footballFeatures: FeatureSet = featureSetOf(calculators, 'football');
