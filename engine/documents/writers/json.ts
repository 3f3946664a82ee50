import type { Dataset, DatasetValue } from '../model.ts';
import type { Writer } from '../writer.ts';

/** Raised when a program that reads today's JSON could misread tomorrow's. */
const schema = 'auspex.document/1';

interface Nested {
  [key: string]: DatasetValue | Nested;
}

/** One JSON object: what the document is, its rows under stable keys at full precision, and what is missing. */
export const jsonWriter: Writer = {
  format: 'json',
  mediaType: 'application/json',
  write(document) {
    const { kind, variant, day, language, title, subtitle, provenance } = document;
    const content = {
      schema,
      kind,
      variant,
      day,
      language,
      title,
      subtitle,
      provenance: {
        ...provenance,
        madeAt: isoInstant(provenance.madeAt),
        asOf: isoInstant(provenance.asOf),
      },
      rows: nestedRows(document.dataset),
      failures: document.failures,
      legend: document.legend,
    };
    return `${JSON.stringify(content, null, 1)}\n`;
  },
};

function nestedRows({ columns, rows }: Dataset): Nested[] {
  const paths = columns.map((column) => column.key.split('.'));
  return rows.map((row) => {
    const record: Nested = {};
    columns.forEach((column, index) => {
      const value = row[index] ?? null;
      put(
        record,
        paths[index] ?? [],
        column.kind === 'instant' && typeof value === 'number' ? isoInstant(value) : value,
      );
    });
    return record;
  });
}

function put(record: Nested, path: readonly string[], value: DatasetValue): void {
  let place = record;
  for (const name of path.slice(0, -1)) {
    const inner = place[name];
    place = typeof inner === 'object' && inner !== null ? inner : (place[name] = {});
  }
  const last = path.at(-1);
  if (last !== undefined) place[last] = value;
}

const isoInstant = (instant: number | null): string | null =>
  instant === null ? null : new Date(instant).toISOString();
