import type { DriftQuestion, DriftReport, DriftRow } from '../../contract/features.ts';
import { dayNumber } from '../../contract/zones.ts';
import { measureDrift } from '../../kernel/evaluation/drift.ts';
import { falseDiscoveryAdjusted } from '../../kernel/evaluation/multiplicity.ts';
import { mean } from '../../kernel/math/summary.ts';
import { columnOf, type FeatureTable } from './rows.ts';

/** Fewer values in either period, and nothing is said of a feature. */
const minimumValues = 50;
const draws = 199;
const seed = 20_050_805;
/** The customary limits of the stability index: something moved, much moved. */
const someMoved = 0.1;
const muchMoved = 0.25;
const level = 0.05;

/** Compares each feature of two periods; matches to come count too, for their features are known. */
export function driftReport(table: FeatureTable, asked: DriftQuestion): DriftReport {
  const reference = rowsOf(table, asked, asked.reference);
  const current = rowsOf(table, asked, asked.current);
  const rows = Int32Array.from([...reference, ...current]);
  // A day that is in both periods counts as two: which period a row is taken for is what changes places.
  const keys = [...reference]
    .map((row) => table.day[row]! * 2)
    .concat([...current].map((row) => table.day[row]! * 2 + 1));
  const places = new Map([...new Set(keys)].map((key, at) => [key, at]));
  const day = Int32Array.from(keys, (key) => places.get(key)!);
  const isCurrent = Uint8Array.from(places.keys(), (key) => key % 2);
  const measured = table.featureNames.map((name, column) => {
    const values = columnOf(table, column, rows);
    const before = values.subarray(0, reference.length);
    const after = values.subarray(reference.length);
    const summaries = { reference: summaryOf(before), current: summaryOf(after) };
    const enough = [before, after].every((part) => part.filter(Number.isFinite).length >= minimumValues);
    return {
      name,
      ...summaries,
      drift: enough ? measureDrift({ values, day, isCurrent }, { seed, draws }) : undefined,
    };
  });
  const tested = measured.flatMap(({ drift }) => (drift ? [drift.distance.pValue] : []));
  const adjusted = [...falseDiscoveryAdjusted(tested)];
  return {
    referenceRows: reference.length,
    currentRows: current.length,
    referenceDays: isCurrent.filter((flag) => flag === 0).length,
    currentDays: isCurrent.filter((flag) => flag === 1).length,
    minimum: minimumValues,
    draws,
    features: measured.map(({ name, drift, ...summaries }): DriftRow => {
      if (!drift) {
        const none = { edges: [], referenceShares: [], currentShares: [] };
        return {
          name,
          status: 'too-few',
          stability: null,
          distance: null,
          adjusted: null,
          ...summaries,
          ...none,
        };
      }
      const { stability, distance, edges, referenceShares, currentShares } = drift;
      const p = adjusted.shift()!;
      return {
        name,
        status: statusOf(stability, p),
        stability,
        distance,
        adjusted: p,
        ...summaries,
        edges: [...edges],
        referenceShares: [...referenceShares],
        currentShares: [...currentShares],
      };
    }),
  };
}

/** Large and beyond chance is a fail; beyond chance, or large, is worth a look. */
function statusOf(
  stability: { readonly value: number; readonly pValue: number },
  adjusted: number,
): DriftRow['status'] {
  const beyondChance = stability.pValue < level || adjusted < level;
  if (stability.value > muchMoved && beyondChance) return 'fail';
  return stability.value > someMoved && beyondChance ? 'warn' : 'pass';
}

function rowsOf(
  table: FeatureTable,
  { championship }: DriftQuestion,
  period: { readonly from: string; readonly until: string },
): Int32Array {
  const [from, until] = [dayNumber(period.from), dayNumber(period.until)];
  const rows: number[] = [];
  for (let row = 0; row < table.rows; row++) {
    if (table.day[row]! < from || table.day[row]! > until) continue;
    if (championship !== null && table.championships[table.championship[row]!]!.code !== championship)
      continue;
    rows.push(row);
  }
  return Int32Array.from(rows);
}

function summaryOf(values: Float64Array): { mean: number | null; missing: number } {
  const present = values.filter(Number.isFinite);
  return {
    mean: present.length > 0 ? mean(present) : null,
    missing: values.length > 0 ? 1 - present.length / values.length : 0,
  };
}
