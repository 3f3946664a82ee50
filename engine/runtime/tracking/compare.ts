import type { ModelVersion } from '../../contract/models.ts';
import type { Comparison, ExperimentRun } from '../../contract/tracking.ts';

type Group = Comparison['rows'][number]['group'];
type Fields = Readonly<Record<string, unknown>>;

export interface ComparisonOptions {
  readonly differencesOnly?: boolean;
}

/**
 * Runs side by side. A row differs when not all runs have the same value; with `differencesOnly` the others are left out.
 * Rows come in the order: properties, parameters, tags, metrics, each by name; nested parameters are joined by dots.
 */
export function compareRuns(runs: readonly ExperimentRun[], options: ComparisonOptions = {}): Comparison {
  return compare(
    runs.map((run) => {
      const { id, name, experiment, parameters, tags, metrics } = run;
      const { family, championship, dataHash, seed, codeVersion, state } = run;
      return {
        column: { id, name: `${experiment}/${name}` },
        property: { family, championship, dataHash, seed, codeVersion, state },
        parameter: flatten(parameters),
        tag: tags,
        metric: metrics,
      };
    }),
    options,
  );
}

/** Model versions side by side, likewise. */
export function compareVersions(
  versions: readonly ModelVersion[],
  options: ComparisonOptions = {},
): Comparison {
  return compare(
    versions.map((version) => {
      const { id, family, championship, parameters, evaluation } = version;
      const { evaluatedFrom, evaluatedUntil, trials, dataHash, seed, codeVersion } = version;
      return {
        column: { id, name: `${championship ?? 'pooled'}/${family}@${version.version}` },
        property: {
          family,
          championship,
          evaluatedFrom,
          evaluatedUntil,
          trials,
          dataHash,
          seed,
          codeVersion,
        },
        parameter: flatten(parameters),
        tag: {},
        metric: flatten(evaluation),
      };
    }),
    options,
  );
}

function compare(
  columns: readonly (Readonly<Record<Group, Fields>> & { readonly column: { id: number; name: string } })[],
  { differencesOnly = false }: ComparisonOptions,
): Comparison {
  const groups: readonly Group[] = ['property', 'parameter', 'tag', 'metric'];
  const rows = groups.flatMap((group) => {
    const records = columns.map((column) => column[group]);
    const keys = [...new Set(records.flatMap((record) => Object.keys(record)))];
    if (group !== 'property') keys.sort();
    return keys.map((key) => {
      const values = records.map((record) => (Object.hasOwn(record, key) ? record[key] : null));
      const differs = new Set(values.map((value) => JSON.stringify(value))).size > 1;
      return { group, key, values, differs };
    });
  });
  return {
    columns: columns.map(({ column }) => column),
    rows: differencesOnly ? rows.filter((row) => row.differs) : rows,
  };
}

function flatten(record: Fields, path = ''): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).flatMap(([key, value]) => {
      const name = path === '' ? key : `${path}.${key}`;
      const isNested = value !== null && typeof value === 'object' && !Array.isArray(value);
      return isNested ? Object.entries(flatten(value as Fields, name)) : [[name, value]];
    }),
  );
}
