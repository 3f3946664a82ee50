import type { Database } from '../../../db/client.ts';
import {
  readFeatureSet,
  readOwnFeatures,
  type StoredFeatureSet,
} from '../../../db/queries/football/explanation.ts';
import { readLeagueFeatures } from '../../../db/queries/football/match-detail.ts';
import type { PlacedFeature } from '../../contract/match.ts';
import { quantileSorted } from '../../kernel/math/summary.ts';
import { featureSets, type FeatureSet } from '../calculation/registry.ts';
import { groupOf } from '../explanation/groups.ts';
import { findMatch } from './match.ts';

/** Earlier matches of the league that a value is placed among: about two seasons of twenty clubs. */
const comparedMatches = 760;
const shownQuantiles = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

/** Every feature of a match, and where its value lies among the league's earlier matches. */
export function placedFeatures(
  database: Database,
  matchId: number,
): { from: string | null; until: string | null; features: PlacedFeature[] } {
  const { row, detail } = findMatch(database, matchId);
  let days: readonly string[] = [];
  const features = featureSets.flatMap((set) => {
    const stored = readFeatureSet(database, set.hash);
    const own = stored && readOwnFeatures(database, stored, matchId);
    if (!own) return [];
    const league = readLeagueFeatures(database, stored, {
      championshipId: detail.championshipId,
      before: row.day,
      limit: comparedMatches,
    });
    if (league.days.length > days.length) days = league.days;
    return placeAll(set, { stored, own: own.values, league: league.values });
  });
  return { from: days.at(-1) ?? null, until: days[0] ?? null, features };
}

function placeAll(
  set: FeatureSet,
  values: { readonly stored: StoredFeatureSet; readonly own: Float64Array; readonly league: Float64Array },
): PlacedFeature[] {
  const width = values.stored.names.length;
  return set.definitions.map((definition, column) => {
    const value = values.own[column]!;
    const among: number[] = [];
    for (let at = column; at < values.league.length; at += width) {
      const one = values.league[at]!;
      if (Number.isFinite(one)) among.push(one);
    }
    const sorted = Float64Array.from(among).sort();
    const isKnown = Number.isFinite(value);
    return {
      name: definition.name,
      set: set.code,
      family: definition.family,
      group: groupOf(definition.name),
      unit: definition.unit,
      description: definition.description,
      formula: definition.formula ?? null,
      asOf: definition.asOf,
      missing: definition.missing,
      value: isKnown ? value : null,
      quantiles:
        sorted.length === 0
          ? null
          : (shownQuantiles.map((p) => quantileSorted(sorted, p)) as [
              number,
              number,
              number,
              number,
              number,
            ]),
      below: isKnown && sorted.length > 0 ? shareBelow(sorted, value) : null,
      n: sorted.length,
    };
  });
}

/** Share of sorted values below one; ties count half. */
function shareBelow(sorted: Float64Array, value: number): number {
  let below = 0;
  let equal = 0;
  for (const one of sorted) {
    if (one < value) below++;
    else if (one === value) equal++;
    else break;
  }
  return (below + equal / 2) / sorted.length;
}
