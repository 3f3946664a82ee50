import type { Comparison, ExperimentRun } from '../../contract/tracking.ts';

/**
 * Runs side by side. A row differs when not all runs have the same value; with `differencesOnly` the others are left out.
 * Rows come in the order: properties, parameters, tags, metrics, each by name; nested parameters are joined by dots.
 */
export function compareRuns(
  runs: readonly ExperimentRun[],
  options: { readonly differencesOnly?: boolean } = {},
): Comparison {
  const rows = [
    ...rowsOf('run', runs.map(propertiesOf)),
    ...rowsOf(
      'parameter',
      runs.map((run) => flatten(run.parameters)),
    ),
    ...rowsOf(
      'tag',
      runs.map((run) => run.tags),
    ),
    ...rowsOf(
      'metric',
      runs.map((run) => run.metrics),
    ),
  ];
  return {
    runs: runs.map(({ id, name, experiment }) => ({ id, name, experiment })),
    rows: options.differencesOnly ? rows.filter((row) => row.differs) : rows,
  };
}

function propertiesOf(run: ExperimentRun): Record<string, unknown> {
  const { family, championship, dataHash, seed, codeVersion, state } = run;
  return { family, championship, dataHash, seed, codeVersion, state };
}

function rowsOf(
  group: Comparison['rows'][number]['group'],
  records: readonly Readonly<Record<string, unknown>>[],
): Comparison['rows'] {
  const keys = [...new Set(records.flatMap((record) => Object.keys(record)))];
  if (group !== 'run') keys.sort();
  return keys.map((key) => {
    const values = records.map((record) => (Object.hasOwn(record, key) ? record[key] : null));
    const texts = new Set(values.map((value) => JSON.stringify(value)));
    return { group, key, values, differs: texts.size > 1 };
  });
}

function flatten(record: Readonly<Record<string, unknown>>, path = ''): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).flatMap(([key, value]) => {
      const name = path === '' ? key : `${path}.${key}`;
      const isNested = value !== null && typeof value === 'object' && !Array.isArray(value);
      return isNested ? Object.entries(flatten(value as Record<string, unknown>, name)) : [[name, value]];
    }),
  );
}
