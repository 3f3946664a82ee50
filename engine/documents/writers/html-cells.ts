import { instantText, missing } from '../cell-text.ts';
import type { Locale } from '../locale.ts';
import type { Cell, Mark, Share } from '../model.ts';
import { escapeMarkup as e } from '../text.ts';

/** A table cell's content as HTML. */
export function cellHtml(cell: Cell, locale: Locale): string {
  switch (cell.kind) {
    case 'text':
      if (cell.value === null) return dash;
      return cell.isMuted === true ? `<span class="muted">${e(cell.value)}</span>` : e(cell.value);
    case 'names':
      return namesHtml(cell.values);
    case 'integer':
      return cell.value === null ? dash : e(locale.integer(cell.value));
    case 'number':
      return cell.value === null ? dash : e(locale.number(cell.value, cell.digits));
    case 'probability':
      return cell.value === null ? dash : e(locale.percent(cell.value));
    case 'odds':
      return cell.values.every((value) => value === null) ? dash : oddsHtml(cell.values, locale);
    case 'instant':
      return `<time datetime="${new Date(cell.value).toISOString()}">${e(instantText(cell, locale))}</time>`;
    case 'set':
      return cell.sign === null
        ? `<span class="muted">${e(cell.words)}</span>`
        : `<span class="set size-${cell.size}">${e(cell.sign)}</span><span class="words">${e(cell.words)}</span>`;
    case 'shares':
      return sharesHtml(cell.parts, locale);
    case 'mark':
      return markHtml(cell.mark);
    case 'group':
      return cell.cells
        .map((inner) => `<span class="${cell.flow}">${cellHtml(inner, locale)}</span>`)
        .join(' ');
  }
}

const dash = `<span class="muted">${missing}</span>`;

export const markHtml = (mark: Mark): string => `<span class="mark ${mark.tone}">${e(mark.text)}</span>`;

/** Names from outside, each isolated so that a right-to-left name does not turn the line round. */
export function namesHtml(names: readonly string[]): string {
  return names.map((name) => `<bdi class="name">${e(name)}</bdi>`).join(' <span class="dash">–</span> ');
}

function oddsHtml(values: readonly (number | null)[], locale: Locale): string {
  const prices = values.map((value) => `<span>${value === null ? missing : e(locale.odds(value))}</span>`);
  return `<span class="odds">${prices.join(' ')}</span>`;
}

/** The numbers stand above their bar; the bar itself is only for the eye. */
function sharesHtml(parts: readonly Share[], locale: Locale): string {
  const numbers = parts.map((part) => {
    const content = `<i>${e(part.label)}</i> ${e(locale.percent(part.value))}`;
    return `<span>${part.isEmphasised ? `<b>${content}</b>` : content}</span>`;
  });
  const bars = parts.map(
    (part, index) => `<span class="class-${index}" style="flex-grow:${part.value.toFixed(4)}"></span>`,
  );
  return `<span class="shares"><span class="numbers">${numbers.join(' ')}</span><span class="bar" aria-hidden="true">${bars.join('')}</span></span>`;
}
