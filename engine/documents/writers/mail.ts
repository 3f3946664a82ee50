import { cellText, missing } from '../cell-text.ts';
import type { CellStyle } from '../cell-text.ts';
import type { Locale } from '../locale.ts';
import type { Cell, DocumentModel, Mark, Section, Table } from '../model.ts';
import { escapeMarkup as e } from '../text.ts';
import type { Writer } from '../writer.ts';

/**
 * HTML for mail programs, which know no style sheet, no variables and no SVG: tables with styles on every element, and
 * a place for a picture. Charts are left out; their numbers stand in the tables.
 */
export const mailWriter: Writer = {
  format: 'mail.html',
  mediaType: 'text/html; charset=utf-8',
  write(document, locale) {
    return `<!doctype html>
<html lang="${document.language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${e(`${document.title} · ${document.subtitle}`)}</title></head>
<body style="margin:0;padding:16px;background:#ffffff;color:#1d1c1a;font-family:Arial,Helvetica,sans-serif;font-size:14px;line-height:1.4">
<h1 style="${headingStyle};font-size:24px">${e(document.title)}</h1>
<p style="${mutedStyle}">${e(document.subtitle)}${marks(document.marks)}</p>
<!--card-->
${document.lead.map((text) => `<p>${e(text)}</p>`).join('\n')}
${figures(document, locale)}
${document.sections.map((section) => sectionMail(section, locale)).join('\n')}
${failures(document, locale)}
${legend(document, locale)}
${provenance(document, locale)}
</body>
</html>
`;
  },
};

const headingStyle = 'margin:16px 0 4px;font-family:Georgia,serif;font-weight:bold';
const mutedStyle = 'margin:4px 0;color:#6b675f';
const cellStyle = 'border-bottom:1px solid #dcd8ce';

/** A table of more columns is wider than a letter: it is told row by row. */
const mostColumns = 7;

const style: CellStyle = {
  escape: e,
  strong: (escaped) => `<b>${escaped}</b>`,
  lineBreak: '<br>',
};

/** Names are isolated, so that a right-to-left one does not turn the line round. */
function content(cell: Cell | undefined, locale: Locale, as: CellStyle = style): string {
  if (cell === undefined) return missing;
  return cell.kind === 'names'
    ? cell.values.map((name) => `<bdi>${e(name)}</bdi>`).join(' – ')
    : cellText(cell, locale, as);
}

const marks = (of: readonly Mark[]): string => of.map(({ text }) => ` <b>[${e(text)}]</b>`).join('');

function figures({ figures: all }: DocumentModel, locale: Locale): string {
  if (all.length === 0) return '';
  const cells = all.map(({ label, value, note }) => {
    const under =
      note === undefined ? '' : `<br><span style="color:#6b675f;font-size:12px">${e(note)}</span>`;
    return `<td style="padding:6px 20px 6px 0;vertical-align:top"><span style="color:#6b675f;font-size:12px">${e(label)}</span><br><b style="font-size:18px">${content(value, locale)}</b>${under}</td>`;
  });
  return `<table role="presentation" cellpadding="0" cellspacing="0"><tr>${cells.join('')}</tr></table>`;
}

function sectionMail(section: Section, locale: Locale): string {
  const tables = section.blocks.filter((block) => block.kind === 'table');
  if (tables.length === 0 && section.paragraphs.length === 0) return '';
  return `<h2 style="${headingStyle};font-size:18px;border-bottom:2px solid #1d1c1a"><bdi>${e(section.heading)}</bdi>${marks(section.marks)}</h2>
${section.paragraphs.map((text) => `<p style="${mutedStyle}">${e(text)}</p>`).join('\n')}
${tables.map((table) => tableMail(table, locale)).join('\n')}`;
}

function tableMail(table: Table, locale: Locale): string {
  const { caption, columns, notes } = table;
  const name = caption === '' ? '' : `<p style="${mutedStyle};font-size:12px">${e(caption)}</p>\n`;
  const body = columns.length > mostColumns ? rowsMail(table, locale) : gridMail(table, locale);
  return `${name}${body}
${notes.map((text) => `<p style="${mutedStyle};font-size:12px">${e(text)}</p>`).join('\n')}`;
}

/** Per row what names it, and under it a line a column; what is missing is left out. */
function rowsMail({ columns, rows }: Table, locale: Locale): string {
  const named = Math.max(
    0,
    columns.findIndex(({ isRowHeading }) => isRowHeading === true),
  );
  const inLine: CellStyle = { ...style, lineBreak: '; ' };
  return rows
    .map(({ cells }) => {
      const lines = columns.flatMap(({ heading }, at) => {
        const text = content(cells[at], locale, inLine);
        return at === named || text === missing ? [] : [`<br><i>${e(heading)}:</i> ${text}`];
      });
      return `<p><b>${content(cells[named], locale, inLine)}</b>${lines.join('')}</p>`;
    })
    .join('\n');
}

function gridMail({ columns, rows }: Table, locale: Locale): string {
  const align = { start: 'left', center: 'center', end: 'right' } as const;
  const heading = columns.map(
    (column) =>
      `<th scope="col" align="${align[column.align]}" style="${cellStyle};font-size:12px;color:#6b675f;border-bottom-color:#1d1c1a">${e(column.heading)}</th>`,
  );
  const body = rows.map((row) => {
    const cells = columns.map((column, index) => {
      const html = content(row.cells[index], locale);
      const shown = row.isTotal === true ? `<b>${html}</b>` : html;
      return `<td align="${align[column.align]}" style="${cellStyle}">${shown}</td>`;
    });
    return `<tr valign="top">${cells.join('')}</tr>`;
  });
  return `<table cellpadding="5" cellspacing="0" style="border-collapse:collapse;font-size:13px">
<thead><tr>${heading.join('')}</tr></thead>
<tbody>
${body.join('\n')}
</tbody>
</table>`;
}

function failures({ failures: all }: DocumentModel, locale: Locale): string {
  if (all.length === 0) return '';
  const items = all.map(
    ({ names, place, stage, code, sentence }) =>
      `<li>${names.map((name) => `<bdi>${e(name)}</bdi>`).join(' – ')} (${e(place)}): ${e(stage)}, <code>${code}</code>. ${e(sentence)}</li>`,
  );
  return `<h2 style="${headingStyle};font-size:18px">${e(locale.t('documents.failures.heading'))}</h2>
<p>${e(locale.t('documents.failures.lead', { count: all.length }))}</p>
<ul>
${items.join('\n')}
</ul>`;
}

function legend({ legend: entries }: DocumentModel, locale: Locale): string {
  if (entries.length === 0) return '';
  const lines = entries.map(
    ({ term, text }) => `<p style="${mutedStyle};font-size:12px"><b>${e(term)}.</b> ${e(text)}</p>`,
  );
  return `<h2 style="${headingStyle};font-size:18px">${e(locale.t('documents.legend.heading'))}</h2>
${lines.join('\n')}`;
}

function provenance({ provenance: { madeAt, models, zone } }: DocumentModel, locale: Locale): string {
  if (madeAt === null && models.length === 0) return '';
  const made = madeAt === null ? missing : locale.instant(madeAt, zone);
  return `<p style="${mutedStyle};font-size:12px">${e(locale.t('documents.provenance.made-at'))}: ${e(made)} · ${e(locale.t('documents.provenance.model'))}: ${e(models.join(', ') || missing)}</p>`;
}
