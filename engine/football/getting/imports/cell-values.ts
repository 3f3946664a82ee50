import { attribute, elements, unescapeText, type WorkbookParts } from './workbook-parts.ts';

/** What turns a cell as it is written into the text that a reader of the sheet sees. */
export interface CellReader {
  /** @param inside the attributes of the cell; @param content what stands between its tags */
  read(inside: string, content: string): string;
}

type Shown = 'number' | 'day' | 'time' | 'instant';

const dayMs = 86_400_000;

export function cellReader(parts: WorkbookParts): CellReader {
  const shared = sharedTexts(parts.text('xl/sharedStrings.xml') ?? '');
  const styles = shownByStyle(parts.text('xl/styles.xml') ?? '');
  const [properties] = elements(parts.text('xl/workbook.xml') ?? '', 'workbookPr');
  const has1904Dates = /^(1|true)$/.test(attribute(properties?.inside ?? '', 'date1904') ?? '');
  return {
    read(inside, content) {
      const kind = attribute(inside, 't') ?? 'n';
      if (kind === 'inlineStr') return plainText(content);
      const [value] = elements(content, 'v');
      const raw = unescapeText(value?.content ?? '').trim();
      if (raw === '') return '';
      if (kind === 's') return shared[Number(raw)] ?? '';
      if (kind === 'b') return raw === '1' ? 'TRUE' : 'FALSE';
      if (kind === 'str' || kind === 'e' || kind === 'd') return raw;
      const number = Number(raw);
      if (!Number.isFinite(number)) return raw;
      const shown = styles[Number(attribute(inside, 's') ?? '0')] ?? 'number';
      return shown === 'number' ? String(number) : dateText(number, shown, has1904Dates);
    },
  };
}

/** Texts stand apart, each once; phonetic readings beside them are not part of them. */
function sharedTexts(markup: string): string[] {
  return Array.from(elements(markup, 'si'), ({ content }) => plainText(content));
}

function plainText(markup: string): string {
  let spoken = markup;
  for (const { content } of elements(markup, 'rPh')) spoken = spoken.replace(content, '');
  return Array.from(elements(spoken, 't'), ({ content }) => unescapeText(content)).join('');
}

/** Numbers of formats that every workbook knows: days, times, both. */
const builtIn: readonly (readonly [from: number, until: number, shown: Shown])[] = [
  [14, 17, 'day'],
  [18, 21, 'time'],
  [22, 22, 'instant'],
  [27, 31, 'day'],
  [32, 35, 'time'],
  [36, 36, 'day'],
  [45, 47, 'time'],
  [50, 54, 'day'],
  [55, 56, 'time'],
  [57, 58, 'day'],
];

function shownByStyle(markup: string): Shown[] {
  const own = new Map<number, Shown>();
  for (const { inside } of elements(markup, 'numFmt')) {
    own.set(Number(attribute(inside, 'numFmtId')), shownByCode(attribute(inside, 'formatCode') ?? ''));
  }
  const [cells] = elements(markup, 'cellXfs');
  return Array.from(elements(cells?.content ?? '', 'xf'), ({ inside }) => {
    const id = Number(attribute(inside, 'numFmtId') ?? '0');
    return own.get(id) ?? builtIn.find(([from, until]) => id >= from && id <= until)?.[2] ?? 'number';
  });
}

/** A format of the workbook's own, by the letters that stand outside of quotes and brackets. */
function shownByCode(code: string): Shown {
  const bare = code.replace(/"[^"]*"|\\.|_.|\*./g, '').replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '');
  const [hasDay, hasTime] = [/[yd]/i.test(bare), /[hs]/i.test(bare)];
  if (hasDay && hasTime) return 'instant';
  if (hasTime) return 'time';
  return hasDay || /m{3}/i.test(bare) ? 'day' : 'number';
}

/** Days since the sheet's first one as an ISO day, a time of day, or both. */
function dateText(serial: number, shown: Exclude<Shown, 'number'>, has1904Dates: boolean): string {
  const whole = has1904Dates ? serial + 1462 : serial;
  // The calendar of sheets has a 29 February 1900; days after it count one too many.
  const sinceEpoch = whole - (whole >= 61 ? 25_569 : 25_568);
  const minutes = Math.round(sinceEpoch * 1440);
  const instant = new Date(minutes * 60_000);
  if (Number.isNaN(instant.getTime())) return String(serial);
  const text = instant.toISOString();
  const hasTime = (minutes * 60_000) % dayMs !== 0;
  if (shown === 'time') return text.slice(11, 16);
  return shown === 'instant' || hasTime ? `${text.slice(0, 10)} ${text.slice(11, 16)}` : text.slice(0, 10);
}
