import { AppError } from '../../../contract/errors.ts';
import type { FitInput, PreparedSet, SavedModel } from '../define-estimator.ts';
import type { Estimator, FitOptions, SavedEstimator } from '../estimator.ts';
import { selectRows } from '../matrix.ts';
import type { ParameterRule } from '../parameters.ts';

/** One estimator inside of another. Its classes are those of the whole, and so is its seed unless it has its own. */
export interface MemberSpec {
  readonly estimator: string;
  readonly parameters?: Readonly<Record<string, unknown>> | undefined;
}

/** How an ensemble makes its members; the registry hands it over, which keeps imports in one direction. */
export interface EstimatorKit {
  create(name: string, parameters: Readonly<Record<string, unknown>>): Estimator;
  load(saved: SavedEstimator): Estimator;
}

export const memberRule: ParameterRule = (value) => {
  const { estimator, parameters = {} } = (value ?? {}) as Partial<MemberSpec>;
  const isRecord = typeof parameters === 'object' && parameters !== null && !Array.isArray(parameters);
  return typeof estimator === 'string' && isRecord && !Object.hasOwn(parameters, 'classes')
    ? undefined
    : 'an estimator and its parameters, without classes';
};

export const membersRule: ParameterRule = (value) => {
  if (!Array.isArray(value) || value.length === 0) return 'one member or more';
  return (value as unknown[]).map(memberRule).find((expected) => expected !== undefined);
};

/** Makes the members of an ensemble, and knows them before they are fitted. */
export interface MemberFactory {
  readonly count: number;
  /** The strictest policy of them. */
  readonly missing: Estimator['missing'];
  /** A fresh member that takes class indexes as labels. */
  create(member: number, options: { readonly classes: number; readonly seed: number }): Estimator;
}

/** Refuses unknown members, wrong parameters, and regressions: they have no probabilities to put together. */
export function createMemberFactory(
  name: string,
  specs: readonly MemberSpec[],
  kit: EstimatorKit,
): MemberFactory {
  const trial = specs.map(({ estimator, parameters = {} }) => kit.create(estimator, parameters));
  const regression = trial.find(({ task }) => task !== 'classification');
  if (regression) {
    throw new AppError(
      'CONFIGURATION_INVALID',
      `${name}: expected members with probabilities, got ${regression.name}`,
      { detail: { estimator: name, member: regression.name } },
    );
  }
  const policies = (['reject', 'impute', 'native'] as const).filter((policy) =>
    trial.some(({ missing }) => missing === policy),
  );
  return {
    count: specs.length,
    missing: policies[0] ?? 'native',
    create(member, { classes, seed }) {
      const { estimator, parameters = {} } = specs[member]!;
      const labels = Array.from({ length: classes }, (_, k) => k);
      return kit.create(estimator, { seed, ...parameters, classes: labels });
    },
  };
}

/** Some rows of what `fit` got, with everything that belongs to them. */
export function selectSet(set: PreparedSet, rows: readonly number[]): PreparedSet {
  const width = (set.initialScores?.length ?? 0) / set.features.rows;
  return {
    features: selectRows(set.features, rows),
    target: Float64Array.from(rows, (row) => set.target[row]!),
    weights: Float64Array.from(rows, (row) => set.weights[row]!),
    initialScores:
      set.initialScores &&
      Float64Array.from({ length: rows.length * width }, (_, at) => {
        const row = rows[Math.floor(at / width)]!;
        return set.initialScores![row * width + (at % width)]!;
      }),
  };
}

/** Fits a member as the whole was asked to be fitted. */
export async function fitMember(
  member: Estimator,
  set: PreparedSet,
  options: Pick<FitInput, 'signal' | 'team'> &
    Pick<FitOptions, 'order'> & { validation?: PreparedSet | undefined },
): Promise<Estimator> {
  const { features, target, weights, initialScores } = set;
  await member.fit(features, target, { weights, initialScores, ...options });
  return member;
}

/** The importances of members, each scaled to sum to 1, in their weighted mean; undefined where one has none. */
export function meanImportances(
  members: readonly Estimator[],
  weights: ArrayLike<number>,
): Float64Array | undefined {
  const all = members.map((member) => member.featureImportances());
  const [first] = all;
  if (!first) return undefined;
  const mean = new Float64Array(first.length);
  let total = 0;
  for (let m = 0; m < weights.length; m++) total += weights[m]!;
  for (const [m, importances] of all.entries()) {
    if (!importances) return undefined;
    const sum = importances.reduce((whole, value) => whole + value, 0);
    if (sum > 0) importances.forEach((value, j) => (mean[j]! += (weights[m]! / total) * (value / sum)));
  }
  return mean;
}

/** Members as data; each one's binary weights are kept under its number. */
export function saveMembers(members: readonly Estimator[]): {
  state: unknown[];
  blobs: NonNullable<SavedModel['blobs']>;
} {
  const blobs: Record<string, Float32Array | Float64Array> = {};
  const state = members.map((member, at) => {
    const { blobs: own = {}, ...rest } = member.save();
    for (const [name, blob] of Object.entries(own)) blobs[`${at}/${name}`] = blob;
    return rest;
  });
  return { state, blobs };
}

export function loadMembers(state: unknown, blobs: SavedModel['blobs'], kit: EstimatorKit): Estimator[] {
  return separate(state, blobs).map((member) => kit.load(member));
}

/** The members of a saved ensemble, each as if it had been saved alone. */
export function savedMembers({ state, blobs }: SavedEstimator): SavedEstimator[] {
  return separate((state as { model: { members: unknown } }).model.members, blobs);
}

function separate(state: unknown, blobs: SavedModel['blobs']): SavedEstimator[] {
  return (state as Omit<SavedEstimator, 'blobs'>[]).map((rest, at) => {
    const prefix = `${at}/`;
    const own = Object.entries(blobs ?? {}).filter(([name]) => name.startsWith(prefix));
    return {
      ...rest,
      blobs: Object.fromEntries(own.map(([name, blob]) => [name.slice(prefix.length), blob])),
    };
  });
}
