import type { Locale } from './locale.ts';
import type { Cell } from './model.ts';

/** What a missing value looks like. */
export const missing = '–';

/** How a format marks up the pieces of a cell; every piece of text passes `escape`. */
export interface CellStyle {
  escape(text: string): string;
  strong(escaped: string): string;
  readonly lineBreak: string;
}

/** A cell as one piece of text. */
export function cellText(cell: Cell, locale: Locale, style: CellStyle): string {
  const { escape, strong } = style;
  switch (cell.kind) {
    case 'text':
      return cell.value === null ? missing : escape(cell.value);
    case 'names':
      return cell.values.map(escape).join(' – ');
    case 'integer':
      return cell.value === null ? missing : locale.integer(cell.value);
    case 'number':
      return cell.value === null ? missing : locale.number(cell.value, cell.digits);
    case 'probability':
      return cell.value === null ? missing : locale.percent(cell.value);
    case 'odds':
      return cell.values.every((value) => value === null)
        ? missing
        : cell.values.map((value) => (value === null ? missing : locale.odds(value))).join(' · ');
    case 'instant':
      return instantText(cell, locale);
    case 'set':
      return cell.sign === null ? escape(cell.words) : `${strong(escape(cell.sign))} ${escape(cell.words)}`;
    case 'shares':
      return cell.parts
        .map((part) => {
          const text = `${escape(part.label)} ${locale.percent(part.value)}`;
          return part.isEmphasised ? strong(text) : text;
        })
        .join(' · ');
    case 'mark':
      return escape(cell.mark.text);
    case 'group':
      return cell.cells
        .map((inner) => cellText(inner, locale, style))
        .join(cell.flow === 'lines' ? style.lineBreak : ' ');
  }
}

export function instantText(cell: Extract<Cell, { kind: 'instant' }>, locale: Locale): string {
  return cell.show === 'time' ? locale.time(cell.value, cell.zone) : locale.instant(cell.value, cell.zone);
}
