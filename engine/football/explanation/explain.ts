import type { Database } from '../../../db/client.ts';
import {
  matchExists,
  readEarlierFeatures,
  readEndedMatches,
  readExplainedForecast,
  readExplainingModel,
  readFeatureSet,
  readModelIdsOfMatch,
  readOwnFeatures,
  readStrengthRecord,
  type ExplainedForecast,
  type StoredFeatureSet,
} from '../../../db/queries/football/explanation.ts';
import { languages, outcomeClasses } from '../../contract/domain.ts';
import type { Sport } from '../../contract/domain.ts';
import { AppError } from '../../contract/errors.ts';
import type { Explanation, Strength } from '../../contract/explanation.ts';
import { loadLocale } from '../../documents/locale.ts';
import { argmaxRow } from '../../kernel/math/softmax.ts';
import { deserializeEstimator } from '../../kernel/modeling/serialization.ts';
import { footballFeatures } from '../calculation/registry.ts';
import { decompose, type Explained } from './contributions.ts';
import { drawAgainstBoth, factorsOf, homeAgainstAway } from './factors.ts';
import { createNearest, nearestRules, type NearRow } from './nearest.ts';
import { explanationSentences } from './sentences.ts';

/** Least calibrated probability of the most probable result for each label; anything below is weak. */
const strengthCutOffs = { strong: 0.6, moderate: 0.45 } as const;

/** Explains forecasts one after the other; what matches of one day share is read once. */
export interface Explainer {
  /**
   * Why the published forecast of a match says what it says.
   *
   * @throws AppError NOT_FOUND for an unknown match, OUTCOMES_MISSING without a forecast, FEATURES_MISSING or
   *   FEATURES_MISMATCH where the features it was made from are gone or have changed, MODEL_UNKNOWN without its models
   */
  explain(matchId: number): Explanation;
}

export function createExplainer(database: Database): Explainer {
  const set = once(() => readFeatureSet(database, footballFeatures.hash));
  const models = remembered((id: number) => readExplainingModel(database, id));
  const estimators = remembered((id: number) => deserializeEstimator(models(id)));
  const record = remembered((key: string) => {
    const [sport, before, from, to] = key.split(' ');
    return readStrengthRecord(database, {
      sport: sport as Sport,
      before: before!,
      from: Number(from),
      to: Number(to),
    });
  });
  let day: EarlierMatches | undefined;

  function earlierThan({ sport, matchDay }: ExplainedForecast): EarlierMatches {
    if (day?.sport !== sport || day.before !== matchDay) {
      day = readEarlier(database, set()!, { sport, before: matchDay });
    }
    return day;
  }

  return {
    explain(matchId) {
      const forecast = forecastOf(database, matchId);
      const own = set() && readOwnFeatures(database, set()!, matchId);
      if (!own) throw new AppError('FEATURES_MISSING', `match ${matchId} has no features`);
      if (own.hash !== forecast.dataHash) {
        throw new AppError(
          'FEATURES_MISMATCH',
          `the features of match ${matchId} have changed since its forecast: run \`processing\` and \`forecast\``,
        );
      }
      const earlier = earlierThan(forecast);
      const ids = readModelIdsOfMatch(database, forecast);
      const held = new Map([...ids].map(([family, id]) => [family, models(id)]));
      const { value, mean } = valuesOf(own.values, earlier, forecast);
      const explained: Explained = { models: held, load: ({ id }) => estimators(id), value, mean };
      const probability = Math.max(forecast.pHome, forecast.pDraw, forecast.pAway);
      const { label, from, to } = strengthOf(probability);
      const named = {
        ...explainForecast(forecast, explained, earlier.names),
        strength: {
          label,
          probability,
          cutOffs: strengthCutOffs,
          record: record(`${forecast.sport} ${forecast.matchDay} ${from} ${to}`),
        },
        nearest: nearestOf(database, earlier, {
          own: own.values,
          chosen: held.get('logistic')?.featureNames ?? earlier.names,
        }),
      };
      const worded = languages.map((language) => [
        language,
        explanationSentences(named, loadLocale(language)),
      ]);
      return { ...named, sentences: Object.fromEntries(worded) as Explanation['sentences'] };
    },
  };
}

/** One match alone. */
export function explainMatch(database: Database, matchId: number): Explanation {
  return createExplainer(database).explain(matchId);
}

function forecastOf(database: Database, matchId: number): ExplainedForecast {
  const forecast = readExplainedForecast(database, matchId);
  if (forecast) return forecast;
  if (!matchExists(database, matchId)) throw new AppError('NOT_FOUND', `there is no match ${matchId}`);
  throw new AppError('OUTCOMES_MISSING', `match ${matchId} has no forecast: run \`forecast\` first`);
}

/** The forecast taken apart: base, factors and what they came to. */
function explainForecast(
  forecast: ExplainedForecast,
  explained: Explained,
  names: readonly string[],
): Omit<Explanation, 'sentences' | 'strength' | 'nearest'> {
  const { base, parts } = decompose(forecast.family, explained);
  const temperature = forecast.temperature ?? 1;
  const p = [forecast.pHome, forecast.pDraw, forecast.pAway];
  const published = p.map((each) => Math.log(each));
  const sum = base.map((score, k) => parts.reduce((total, part) => total + part.scores[k]!, score));
  const residual = {
    home: homeAgainstAway(published) - homeAgainstAway(sum) / temperature,
    draw: drawAgainstBoth(published) - drawAgainstBoth(sum) / temperature,
  };
  const label = argmaxRow(p, 0, 3);
  return {
    matchId: forecast.matchId,
    championship: forecast.championship,
    matchDay: forecast.matchDay,
    home: forecast.home,
    away: forecast.away,
    family: forecast.family,
    origin: forecast.origin,
    madeAt: forecast.madeAt,
    probabilities: { H: forecast.pHome, D: forecast.pDraw, A: forecast.pAway },
    label: outcomeClasses[label]!,
    logOdds: { base: homeAgainstAway(base) / temperature, total: homeAgainstAway(published) },
    drawLogOdds: { base: drawAgainstBoth(base) / temperature, total: drawAgainstBoth(published) },
    factors: factorsOf(parts, { temperature, value: explained.value, names, residual }),
  };
}

/** Earlier matches of a sport that its forecasts of one day are compared with. */
interface EarlierMatches {
  readonly sport: Sport;
  readonly before: string;
  readonly names: readonly string[];
  readonly matchIds: readonly number[];
  /** Those nearest to a match in the chosen features. */
  readonly nearest: (own: Float64Array, chosen: readonly string[]) => NearRow[];
  /** Mean of a feature over them. */
  readonly mean: (feature: string) => number;
}

function readEarlier(
  database: Database,
  set: StoredFeatureSet,
  of: Pick<EarlierMatches, 'sport' | 'before'>,
): EarlierMatches {
  const { names } = set;
  const { values, matchIds } = readEarlierFeatures(database, set, {
    ...of,
    limit: nearestRules.considered,
  });
  const mean = remembered((feature: string) => {
    const column = names.indexOf(feature);
    if (column < 0) return Number.NaN;
    let n = 0;
    let sum = 0;
    for (let at = column; at < values.length; at += names.length) {
      if (!Number.isFinite(values[at]!)) continue;
      n++;
      sum += values[at]!;
    }
    return sum / n;
  });
  const finder = remembered((chosen: string) => createNearest(values, { names, chosen: chosen.split(' ') }));
  return {
    ...of,
    names,
    matchIds,
    mean,
    nearest: (own, chosen) => finder(chosen.join(' '))(own, nearestRules.counted),
  };
}

function valuesOf(
  own: Float64Array,
  { names, mean }: EarlierMatches,
  { homeTeamId, awayTeamId }: ExplainedForecast,
): Pick<Explained, 'value' | 'mean'> {
  return {
    mean,
    value(feature) {
      if (feature === 'homeTeam') return homeTeamId;
      if (feature === 'awayTeam') return awayTeamId;
      const at = names.indexOf(feature);
      return at < 0 ? Number.NaN : own[at]!;
    },
  };
}

/** The label of a probability, and the probabilities that share it. */
function strengthOf(probability: number): { label: Strength; from: number; to: number } {
  const { strong, moderate } = strengthCutOffs;
  if (probability >= strong) return { label: 'strong', from: strong, to: 2 };
  if (probability >= moderate) return { label: 'moderate', from: moderate, to: strong };
  return { label: 'weak', from: 0, to: moderate };
}

function nearestOf(
  database: Database,
  { matchIds, nearest }: EarlierMatches,
  { own, chosen }: { readonly own: Float64Array; readonly chosen: readonly string[] },
): Explanation['nearest'] {
  const found = nearest(own, chosen);
  const ended = readEndedMatches(
    database,
    found.map(({ row }) => matchIds[row]!),
  );
  const endings = { n: ended.length, H: 0, D: 0, A: 0 };
  for (const { homeGoals, awayGoals } of ended) {
    endings[outcomeClasses[1 - Math.sign(homeGoals - awayGoals)]!]++;
  }
  return {
    features: [...chosen],
    considered: matchIds.length,
    matches: ended
      .slice(0, nearestRules.named)
      .map((match, at) => ({ ...match, distance: found[at]!.distance })),
    endings,
  };
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

function remembered<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    if (!known.has(key)) known.set(key, make(key));
    return known.get(key)!;
  };
}
