import { createRequire } from 'node:module';
import type { Content, TableCell, createPdf } from 'pdfmake';
import { cellText, missing } from '../cell-text.ts';
import type { CellStyle } from '../cell-text.ts';
import { drawChart } from '../chart/draw.ts';
import { fontFiles, withFontSigns } from '../fonts.ts';
import type { Locale } from '../locale.ts';
import type { Block, Cell, ChartSpec, DocumentModel, Section, Table } from '../model.ts';
import { singleLine } from '../text.ts';
import type { BinaryWriter } from '../writer.ts';

type PdfDefinition = Parameters<typeof createPdf>[0];

/** The library's own types know it as a global of the browser. */
interface PdfMaker {
  setFonts(fonts: Readonly<Record<string, Readonly<Record<string, string>>>>): void;
  setUrlAccessPolicy(allows: (address: string) => boolean): void;
  setLocalAccessPolicy(allows: (path: string) => boolean): void;
  createPdf(definition: PdfDefinition): { getBuffer(): Promise<Uint8Array> };
}

/**
 * How far down a page the heading of a section (1) and the caption of a table (2) may begin: under the one must fit its
 * sentences, a caption, the headings of a table and a row; under the other the headings and a row.
 */
const lowestStart: Readonly<Record<number, number>> = { 1: 0.7, 2: 0.82 };

let maker: PdfMaker | undefined;

/** Loaded when first needed: most runs write no PDF. */
function pdfMaker(): PdfMaker {
  if (maker) return maker;
  const made = createRequire(import.meta.url)('pdfmake') as PdfMaker;
  made.setFonts({ Roboto: fontFiles });
  // Nothing in a document may make the program read a file or an address; the fonts are its own.
  made.setUrlAccessPolicy(() => false);
  made.setLocalAccessPolicy((path) => Object.values<string>(fontFiles).includes(path));
  return (maker = made);
}

/** A4 across, with tables whose headings come again on every page, charts as vectors and the font inside the file. */
export const pdfWriter: BinaryWriter = {
  format: 'pdf',
  mediaType: 'application/pdf',
  async writeBytes(document, locale) {
    return new Uint8Array(await pdfMaker().createPdf(definition(document, locale)).getBuffer());
  },
};

const plain: CellStyle = { escape: singleLine, strong: (text) => text, lineBreak: '\n' };
const s = (text: string): string => withFontSigns(singleLine(text));

function definition(document: DocumentModel, locale: Locale): PdfDefinition {
  const { title, subtitle, language, day, provenance } = document;
  return {
    pageSize: 'A4',
    pageOrientation: 'landscape',
    pageMargins: [34, 34, 34, 40],
    language,
    // The day of the document, not of its writing: the same content is the same bytes.
    info: {
      title: s(`${title} · ${subtitle}`),
      creator: 'Auspex',
      producer: 'Auspex',
      creationDate: new Date(provenance.madeAt ?? `${day}T00:00:00Z`),
    },
    defaultStyle: { font: 'Roboto', fontSize: 8, lineHeight: 1.15, color: '#1d1c1a' },
    styles: {
      title: { fontSize: 22, bold: true },
      subtitle: { fontSize: 11, color: '#6b675f' },
      heading: { fontSize: 13, bold: true, margin: [0, 14, 0, 4] },
      caption: { color: '#6b675f', margin: [0, 4, 0, 2] },
      muted: { color: '#6b675f' },
      columnHeading: { color: '#6b675f', fontSize: 7 },
    },
    // A heading stays with what it heads.
    pageBreakBefore: ({ headlineLevel, startPosition }) =>
      headlineLevel !== undefined && startPosition.verticalRatio > (lowestStart[headlineLevel] ?? 1),
    footer: (page, pages) => ({
      margin: [34, 12, 34, 0],
      fontSize: 7,
      color: '#6b675f',
      columns: [s(`Auspex · ${title} · ${subtitle}`), { text: `${page} / ${pages}`, alignment: 'right' }],
    }),
    content: [
      { text: s(title), style: 'title' },
      { text: s([subtitle, ...document.marks.map(({ text }) => `[${text}]`)].join('  ')), style: 'subtitle' },
      ...document.lead.map((text): Content => ({ text: s(text), margin: [0, 4, 0, 0] })),
      ...figures(document, locale),
      ...document.sections.flatMap((section) => sectionContent(section, locale)),
      ...failures(document, locale),
      ...legend(document, locale),
      ...provenanceContent(document, locale),
    ],
  };
}

function figures({ figures: all }: DocumentModel, locale: Locale): Content[] {
  if (all.length === 0) return [];
  const columns = all.map(({ label, value, note }) => ({
    width: 'auto' as const,
    stack: [
      { text: s(label), style: 'columnHeading' },
      { text: withFontSigns(cellText(value, locale, plain)), fontSize: 14 },
      ...(note === undefined ? [] : [{ text: s(note), style: 'columnHeading' }]),
    ],
  }));
  return [{ columns, columnGap: 24, margin: [0, 8, 0, 0] }];
}

function sectionContent(section: Section, locale: Locale): Content[] {
  const heading = s([section.heading, ...section.marks.map(({ text }) => `[${text}]`)].join('  '));
  return [
    { text: heading, style: 'heading', headlineLevel: 1 },
    ...section.paragraphs.map((text): Content => ({ text: s(text), style: 'muted' })),
    ...section.blocks.flatMap((block, index) => blockContent(block, `${section.id}-${index}`, locale)),
  ];
}

function blockContent(block: Block, id: string, locale: Locale): Content[] {
  return block.kind === 'table' ? tableContent(block, locale) : chartContent(block, id, locale);
}

function chartContent(chart: ChartSpec, id: string, locale: Locale): Content[] {
  const svg = drawChart(chart, locale, id)
    .replace('<svg ', '<svg font-family="Roboto" font-size="12" fill="#1d1c1a" ')
    // Tooltips and descriptions have no place on paper.
    .replaceAll(/<(title|desc)\b[^>]*>[^<]*<\/\1>/g, '');
  const styled = withFontSigns(svg.replace(/^(<svg[^>]*>)/, `$1<style>${chartStyle}</style>`));
  return [
    {
      unbreakable: true,
      stack: [
        { text: s(chart.title), style: 'caption' },
        { svg: styled, width: 700 },
      ],
    },
  ];
}

/** The paper's colours of the charts' classes; drawn things without a class are the lines of the scale. */
const chartStyle = `line{stroke:#bbb;stroke-width:1}.soft{fill:#6b675f}.class-0{fill:#1f5fa8}.class-1{fill:#918b7d}.class-2{fill:#b45d1a}
.on-0{fill:#fff}.on-1{fill:#000}.on-2{fill:#fff}.hit{fill:#145c35}.miss{fill:#8d241e}.good{fill:#145c35;stroke:#145c35}.bad{fill:#8d241e;stroke:#8d241e}
.reference{fill:none;stroke:#1d1c1a;stroke-width:1.5}.stem{stroke:#6b675f;stroke-width:1.5}.diagonal{stroke:#6b675f;fill:none}.band{fill:#1f5fa8;fill-opacity:.18;stroke:none}
.histogram{fill:#918b7d}.panel-heading{font-weight:bold}.reference-0,.reference-1,.reference-2{stroke:#6b675f;stroke-dasharray:4 3;fill:none}
.curve{fill:none;stroke-width:2}.curve-0{stroke:#1f5fa8}.curve-1{stroke:#1d1c1a}.curve-2{stroke:#b45d1a}.middle{stroke:#6b675f}`;

function tableContent({ caption, columns, rows, notes }: Table, locale: Locale): Content[] {
  const align = { start: 'left', center: 'center', end: 'right' } as const;
  const heading = columns.map((column): TableCell => ({
    text: s(column.heading),
    style: 'columnHeading',
    alignment: align[column.align],
  }));
  const body = rows.map((row) =>
    columns.map((column, index): TableCell => {
      const cell = row.cells[index];
      const isBold = row.isTotal === true || column.isRowHeading === true;
      return { ...cellContent(cell, locale), alignment: align[column.align], bold: isBold };
    }),
  );
  if (body.length === 0) return [{ text: s(caption), style: 'caption' }];
  const table: Content = {
    table: {
      headerRows: 1,
      // Headings are no use without what stands under them.
      keepWithHeaderRows: 1,
      dontBreakRows: true,
      widths: columns.map(() => 'auto'),
      body: [heading, ...body],
    },
    fontSize: columns.length > 8 ? 7 : 8,
    layout: {
      hLineWidth: (index) => (index === 1 ? 0.8 : index === 0 ? 0 : 0.3),
      vLineWidth: () => 0,
      hLineColor: (index) => (index === 1 ? '#1d1c1a' : '#dcd8ce'),
      paddingLeft: (index) => (index === 0 ? 0 : 5),
      paddingRight: () => 5,
      paddingTop: () => 2.5,
      paddingBottom: () => 2.5,
    },
  };
  return [
    { text: s(caption), style: 'caption', headlineLevel: 2 },
    table,
    ...notes.map((text): Content => ({ text: s(text), style: 'caption' })),
  ];
}

function cellContent(cell: Cell | undefined, locale: Locale): { text: string; color?: string } {
  if (cell === undefined) return { text: missing };
  const text = withFontSigns(cellText(cell, locale, plain));
  return cell.kind === 'mark' ? { text, color: toneColours[cell.mark.tone] } : { text };
}

const toneColours = {
  plain: '#1d1c1a',
  good: '#145c35',
  bad: '#8d241e',
  warn: '#5f4100',
  quality: '#452c85',
} as const;

function failures({ failures: all }: DocumentModel, locale: Locale): Content[] {
  if (all.length === 0) return [];
  return [
    { text: s(locale.t('documents.failures.heading')), style: 'heading' },
    { text: s(locale.t('documents.failures.lead', { count: all.length })) },
    {
      ul: all.map(({ names, place, stage, code, sentence }) =>
        s(`${names.join(' – ')} (${place}): ${stage}, ${code}. ${sentence}`),
      ),
    },
  ];
}

function legend({ legend: entries }: DocumentModel, locale: Locale): Content[] {
  if (entries.length === 0) return [];
  return [
    { text: s(locale.t('documents.legend.heading')), style: 'heading' },
    ...entries.map(({ term, text }): Content => ({
      text: [{ text: `${s(term)}. `, bold: true }, s(text)],
      margin: [0, 1, 0, 1],
    })),
  ];
}

function provenanceContent({ provenance }: DocumentModel, locale: Locale): Content[] {
  const { madeAt, asOf, dataHash, models, zone } = provenance;
  const facts = [
    ['made-at', madeAt === null ? missing : locale.instant(madeAt, zone)],
    ['as-of', asOf === null ? missing : locale.instant(asOf, zone)],
    ['model', models.join(', ') || missing],
    ['data-hash', dataHash ?? missing],
  ] as const;
  const line = facts
    .map(([key, value]) => `${locale.t(`documents.provenance.${key}`)}: ${value}`)
    .join('  ·  ');
  return [{ text: s(line), style: 'caption', margin: [0, 10, 0, 0] }];
}
