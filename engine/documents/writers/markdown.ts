import { cellText, missing } from '../cell-text.ts';
import type { CellStyle } from '../cell-text.ts';
import type { Locale } from '../locale.ts';
import type { Column, DocumentModel, Failure, Mark, Section, Table } from '../model.ts';
import { escapeMarkdown } from '../text.ts';
import type { Writer } from '../writer.ts';

/** GitHub-flavoured Markdown. Charts are left out: their numbers stand in the tables. */
export const markdownWriter: Writer = {
  format: 'md',
  mediaType: 'text/markdown; charset=utf-8',
  write(document, locale) {
    return `${[...head(document, locale), ...body(document, locale), ...foot(document, locale)].join('\n\n')}\n`;
  },
};

const cellStyle: CellStyle = {
  escape: escapeMarkdown,
  strong: (escaped) => `**${escaped}**`,
  lineBreak: '<br>',
};

function head(document: DocumentModel, locale: Locale): string[] {
  const figures = document.figures.map((figure) => {
    const note = figure.note === undefined ? '' : ` (${escapeMarkdown(figure.note)})`;
    return `- ${escapeMarkdown(figure.label)}: **${cellText(figure.value, locale, cellStyle)}**${note}`;
  });
  return [
    `# ${escapeMarkdown(document.title)}${markText(document.marks)}`,
    escapeMarkdown(document.subtitle),
    ...document.lead.map(escapeMarkdown),
    ...(figures.length > 0 ? [figures.join('\n')] : []),
  ];
}

function body(document: DocumentModel, locale: Locale): string[] {
  const sections = document.sections.flatMap((section) => sectionText(section, locale));
  return document.failures.length > 0 ? [...sections, ...failureText(document.failures, locale)] : sections;
}

function sectionText(section: Section, locale: Locale): string[] {
  const tables = section.blocks.filter((block) => block.kind === 'table');
  // A section of charts alone would be a heading with nothing under it.
  if (tables.length === 0 && section.paragraphs.length === 0 && section.blocks.length > 0) return [];
  return [
    `## ${escapeMarkdown(section.heading)}${markText(section.marks)}`,
    ...section.paragraphs.map(escapeMarkdown),
    ...tables.flatMap((table) => tableText(table, locale)),
  ];
}

function tableText(table: Table, locale: Locale): string[] {
  const rule = (column: Column): string =>
    column.align === 'end' ? '---:' : column.align === 'center' ? ':---:' : ':---';
  const rows = table.rows.map((row) => {
    const cells = row.cells.map((cell) => cellText(cell, locale, cellStyle));
    return line(row.isTotal === true ? cells.map((text) => `**${text.replaceAll('**', '')}**`) : cells);
  });
  const grid = [
    line(table.columns.map((column) => escapeMarkdown(column.heading))),
    line(table.columns.map(rule)),
    ...rows,
  ];
  return [`**${escapeMarkdown(table.caption)}**`, grid.join('\n'), ...table.notes.map(escapeMarkdown)];
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function markText(marks: readonly Mark[]): string {
  return marks.map((mark) => ` \\[${escapeMarkdown(mark.text)}\\]`).join('');
}

function failureText(failures: readonly Failure[], locale: Locale): string[] {
  const headings = ['match', 'championship', 'stage', 'code', 'reason'];
  const rows = failures.map((failure) =>
    line([
      failure.names.map(escapeMarkdown).join(' – '),
      escapeMarkdown(failure.place),
      escapeMarkdown(failure.stage),
      `\`${failure.code}\``,
      escapeMarkdown(failure.sentence),
    ]),
  );
  return [
    `## ${escapeMarkdown(locale.t('documents.failures.heading'))}`,
    escapeMarkdown(locale.t('documents.failures.lead', { count: failures.length })),
    [
      line(headings.map((name) => escapeMarkdown(locale.t(`documents.failures.${name}`)))),
      line(headings.map(() => ':---')),
      ...rows,
    ].join('\n'),
  ];
}

function foot(document: DocumentModel, locale: Locale): string[] {
  const legend = document.legend.map(
    (entry) => `- **${escapeMarkdown(entry.term)}**: ${escapeMarkdown(entry.text)}`,
  );
  const { madeAt, asOf, dataHash, models, zone } = document.provenance;
  const facts: readonly (readonly [string, string])[] = [
    ['made-at', madeAt === null ? missing : locale.instant(madeAt, zone)],
    ['as-of', asOf === null ? missing : locale.instant(asOf, zone)],
    ['model', models.length === 0 ? missing : models.join(', ')],
    ['data-hash', dataHash ?? missing],
  ];
  return [
    ...(legend.length > 0
      ? [`## ${escapeMarkdown(locale.t('documents.legend.heading'))}`, legend.join('\n')]
      : []),
    '---',
    facts
      .map(
        ([key, value]) =>
          `${escapeMarkdown(locale.t(`documents.provenance.${key}`))}: ${escapeMarkdown(value)}`,
      )
      .join('  \n'),
  ];
}
