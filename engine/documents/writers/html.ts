import { drawChart } from '../chart/draw.ts';
import { missing } from '../cell-text.ts';
import type { Locale } from '../locale.ts';
import type { Column, DocumentModel, Failure, Figure, Mark, Row, Section, Table } from '../model.ts';
import { escapeMarkup as e } from '../text.ts';
import type { Writer } from '../writer.ts';
import { cellHtml, markHtml, namesHtml } from './html-cells.ts';
import { styleSheet } from './html-style.ts';

/**
 * One self-contained page: no script, no font, no picture from elsewhere, and a policy that would refuse them. Light
 * and dark by the reader's setting, its own layout on paper and on a narrow screen.
 */
export const htmlWriter: Writer = {
  format: 'html',
  mediaType: 'text/html; charset=utf-8',
  write(document, locale) {
    return page({
      language: document.language,
      title: `${document.title} · ${document.subtitle}`,
      body: `${masthead(document, locale)}
<main>
${document.sections.map((section) => sectionHtml(section, locale)).join('\n')}
${document.failures.length > 0 ? failuresHtml(document.failures, locale) : ''}
${legendHtml(document, locale)}
</main>
${colophon(document, locale)}`,
    });
  },
};

/** The frame of a self-contained page around an already escaped `body`. `title` is plain text. */
export function page(content: {
  readonly language: string;
  readonly title: string;
  readonly body: string;
}): string {
  return `<!doctype html>
<html lang="${content.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="Auspex">
<title>${e(content.title)}</title>
<style>${styleSheet}</style>
</head>
<body>
${content.body}
</body>
</html>
`;
}

function masthead(document: DocumentModel, locale: Locale): string {
  const warning =
    document.failures.length > 0
      ? `<p class="warning"><a href="#failures">${e(
          locale.t('documents.failures.lead', { count: document.failures.length }),
        )}</a></p>`
      : '';
  return `<header>
<p class="kicker"><span>Auspex</span>${marksHtml(document.marks)}</p>
<h1>${e(document.title)}</h1>
<p class="subtitle">${e(document.subtitle)}</p>
${paragraphs(document.lead, 'lead')}
${warning}
${document.figures.length > 0 ? `<dl class="figures">${document.figures.map((figure) => figureHtml(figure, locale)).join('')}</dl>` : ''}
</header>`;
}

function figureHtml(figure: Figure, locale: Locale): string {
  const note = figure.note === undefined ? '' : `<dd class="note">${e(figure.note)}</dd>`;
  return `<div><dt>${e(figure.label)}</dt><dd class="value">${cellHtml(figure.value, locale)}</dd>${note}</div>`;
}

function sectionHtml(section: Section, locale: Locale): string {
  const blocks = section.blocks.map((block, index) =>
    block.kind === 'table'
      ? tableHtml(block, section.heading, locale)
      : `<figure class="chart"><figcaption>${e(block.title)}</figcaption>${drawChart(block, locale, `${section.id}-chart-${index}`)}</figure>`,
  );
  return `<section id="${e(section.id)}" aria-labelledby="${e(section.id)}-heading">
<h2 id="${e(section.id)}-heading"><bdi>${e(section.heading)}</bdi>${marksHtml(section.marks)}</h2>
${paragraphs(section.paragraphs)}
${blocks.join('\n')}
</section>`;
}

function tableHtml(table: Table, heading: string, locale: Locale): string {
  const html = openTableHtml(table, heading, locale);
  if (table.isFolded !== true) return html;
  return `<details><summary>${e(table.caption)}</summary>\n${html}\n</details>`;
}

function openTableHtml(table: Table, heading: string, locale: Locale): string {
  const caption = table.caption === '' ? '' : `<caption>${e(table.caption)}</caption>\n`;
  // The roles repeat what the elements say: on a narrow screen rows are laid out as cards, which would lose them.
  // What scrolls has a name, but is no landmark: a page of forty tables would have forty.
  return `<div class="scroll" tabindex="0" role="group" aria-label="${e(table.caption || heading)}">
<table role="table">
${caption}<thead><tr role="row">${table.columns.map(headingHtml).join('')}</tr></thead>
<tbody>
${table.rows.map((row) => rowHtml(row, table.columns, locale)).join('\n')}
</tbody>
</table>
</div>
${paragraphs(table.notes, 'note')}`;
}

function headingHtml(column: Column): string {
  const text =
    column.meaning === undefined
      ? e(column.heading)
      : `<abbr title="${e(column.meaning)}">${e(column.heading)}</abbr>`;
  return `<th scope="col" role="columnheader" class="${column.align}">${text}</th>`;
}

function rowHtml(row: Row, columns: readonly Column[], locale: Locale): string {
  const cells = columns.map((column, index) => {
    const cell = row.cells[index];
    const content = cell === undefined ? missing : cellHtml(cell, locale);
    return column.isRowHeading === true
      ? `<th scope="row" role="rowheader" class="${column.align}">${content}</th>`
      : `<td role="cell" class="${column.align}" data-heading="${e(column.heading)}">${content}</td>`;
  });
  return `<tr role="row"${row.isTotal === true ? ' class="total"' : ''}>${cells.join('')}</tr>`;
}

function failuresHtml(failures: readonly Failure[], locale: Locale): string {
  const t = (name: string): string => e(locale.t(`documents.failures.${name}`));
  const headings = ['match', 'championship', 'stage', 'code', 'reason'] as const;
  const rows = failures.map((failure) => {
    const cells = [
      e(failure.place),
      e(failure.stage),
      `<code>${failure.code}</code>`,
      e(failure.sentence),
    ].map(
      (content, index) => `<td role="cell" data-heading="${t(headings[index + 1] ?? '')}">${content}</td>`,
    );
    return `<tr role="row"><th scope="row" role="rowheader">${namesHtml(failure.names)}</th>${cells.join('')}</tr>`;
  });
  return `<section id="failures" class="failures" aria-labelledby="failures-heading">
<h2 id="failures-heading">${t('heading')}</h2>
<div class="scroll" tabindex="0" role="group" aria-label="${t('heading')}">
<table role="table">
<caption>${e(locale.t('documents.failures.lead', { count: failures.length }))}</caption>
<thead><tr role="row">${headings.map((name) => `<th scope="col" role="columnheader">${t(name)}</th>`).join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
</div>
</section>`;
}

function legendHtml(document: DocumentModel, locale: Locale): string {
  if (document.legend.length === 0) return '';
  const entries = document.legend.map(
    (entry) => `<div><dt>${e(entry.term)}</dt><dd>${e(entry.text)}</dd></div>`,
  );
  return `<section id="legend" class="legend" aria-labelledby="legend-heading">
<h2 id="legend-heading">${e(locale.t('documents.legend.heading'))}</h2>
<dl>${entries.join('')}</dl>
</section>`;
}

function colophon(document: DocumentModel, locale: Locale): string {
  const { madeAt, asOf, dataHash, models, zone } = document.provenance;
  const fact = (key: string, content: string): string =>
    `<div><dt>${e(locale.t(`documents.provenance.${key}`))}</dt><dd>${content}</dd></div>`;
  return `<footer><dl>${[
    fact('made-at', madeAt === null ? missing : e(locale.instant(madeAt, zone))),
    fact('as-of', asOf === null ? missing : e(locale.instant(asOf, zone))),
    fact('model', models.length === 0 ? missing : e(models.join(', '))),
    fact('data-hash', dataHash === null ? missing : `<code>${e(dataHash)}</code>`),
  ].join('')}</dl></footer>`;
}

const marksHtml = (marks: readonly Mark[]): string => marks.map((mark) => ` ${markHtml(mark)}`).join('');

function paragraphs(texts: readonly string[], className?: string): string {
  const attribute = className === undefined ? '' : ` class="${className}"`;
  return texts.map((text) => `<p${attribute}>${e(text)}</p>`).join('\n');
}
