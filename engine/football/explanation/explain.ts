import type { Database } from '../../../db/client.ts';
import {
  matchExists,
  readEndedMatches,
  readExplainedForecast,
  readFeatureRows,
  readModelsOfMatch,
  readStrengthRecord,
  type FeatureRows,
} from '../../../db/queries/football/explanation.ts';
import { languages, outcomeClasses } from '../../contract/domain.ts';
import { AppError } from '../../contract/errors.ts';
import type { Explanation, Strength } from '../../contract/explanation.ts';
import { loadLocale } from '../../documents/locale.ts';
import { argmaxRow } from '../../kernel/math/softmax.ts';
import { footballFeatures } from '../calculation/registry.ts';
import { decompose, type Explained } from './contributions.ts';
import { drawAgainstBoth, factorsOf, homeAgainstAway } from './factors.ts';
import { nearestRows, nearestRules } from './nearest.ts';
import { explanationSentences } from './sentences.ts';

/** Least calibrated probability of the most probable result for each label; anything below is weak. */
const strengthCutOffs = { strong: 0.6, moderate: 0.45 } as const;

/**
 * Why the published forecast of a match says what it says.
 *
 * @throws AppError NOT_FOUND for an unknown match, OUTCOMES_MISSING without a forecast, FEATURES_MISSING or
 *   FEATURES_MISMATCH where the features it was made from are gone or have changed, MODEL_UNKNOWN without its models
 */
export function explainMatch(database: Database, matchId: number): Explanation {
  const forecast = readExplainedForecast(database, matchId);
  if (!forecast) {
    if (!matchExists(database, matchId)) throw new AppError('NOT_FOUND', `there is no match ${matchId}`);
    throw new AppError('OUTCOMES_MISSING', `match ${matchId} has no forecast: run \`forecast\` first`);
  }
  const rows = readFeatureRows(database, {
    featureSetHash: footballFeatures.hash,
    matchId,
    before: forecast.matchDay,
    limit: nearestRules.considered,
  });
  if (!rows) throw new AppError('FEATURES_MISSING', `match ${matchId} has no features`);
  if (rows.ownHash !== forecast.dataHash) {
    throw new AppError(
      'FEATURES_MISMATCH',
      `the features of match ${matchId} have changed since its forecast: run \`processing\` and \`forecast\``,
    );
  }
  const models = readModelsOfMatch(database, forecast);
  const value = valueOf(rows, forecast);
  const explained: Explained = { models, value, mean: meanOf(rows) };
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
  const named: Omit<Explanation, 'sentences'> = {
    matchId,
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
    factors: factorsOf(parts, { temperature, value, names: rows.names, residual }),
    strength: strengthOf(database, { probability: p[label]!, before: forecast.matchDay }),
    nearest: nearestOf(database, rows, models.get('logistic')?.featureNames ?? [...rows.names]),
  };
  const worded = languages.map((language) => [language, explanationSentences(named, loadLocale(language))]);
  return { ...named, sentences: Object.fromEntries(worded) as Explanation['sentences'] };
}

function valueOf(
  { names, own }: FeatureRows,
  { homeTeamId, awayTeamId }: { readonly homeTeamId: number; readonly awayTeamId: number },
): (feature: string) => number {
  return (feature) => {
    if (feature === 'homeTeam') return homeTeamId;
    if (feature === 'awayTeam') return awayTeamId;
    const at = names.indexOf(feature);
    return at < 0 ? Number.NaN : own[at]!;
  };
}

function meanOf({ names, earlier }: FeatureRows): (feature: string) => number {
  return (feature) => {
    const column = names.indexOf(feature);
    if (column < 0) return Number.NaN;
    let n = 0;
    let sum = 0;
    for (let at = column; at < earlier.length; at += names.length) {
      if (!Number.isFinite(earlier[at]!)) continue;
      n++;
      sum += earlier[at]!;
    }
    return sum / n;
  };
}

function strengthOf(
  database: Database,
  { probability, before }: { readonly probability: number; readonly before: string },
): Explanation['strength'] {
  const { strong, moderate } = strengthCutOffs;
  const [label, from, to]: [Strength, number, number] =
    probability >= strong
      ? ['strong', strong, 2]
      : probability >= moderate
        ? ['moderate', moderate, strong]
        : ['weak', 0, moderate];
  const record = readStrengthRecord(database, { before, from, to });
  return { label, probability, cutOffs: strengthCutOffs, record };
}

function nearestOf(
  database: Database,
  { names, own, earlier, matchIds }: FeatureRows,
  chosen: readonly string[],
): Explanation['nearest'] {
  const found = nearestRows(own, earlier, { names, chosen, count: nearestRules.counted });
  const ended = readEndedMatches(
    database,
    found.map(({ row }) => matchIds[row]!),
  );
  const endings = { n: ended.length, H: 0, D: 0, A: 0 };
  for (const { homeGoals, awayGoals } of ended)
    endings[outcomeClasses[1 - Math.sign(homeGoals - awayGoals)]!]++;
  return {
    features: [...chosen],
    considered: matchIds.length,
    matches: ended
      .slice(0, nearestRules.named)
      .map((match, at) => ({ ...match, distance: found[at]!.distance })),
    endings,
  };
}
