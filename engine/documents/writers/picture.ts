import { eventsOf } from '../events.ts';
import type { DocumentEvent, EventForecast } from '../events.ts';
import { fontFiles, withFontSigns } from '../fonts.ts';
import type { Locale } from '../locale.ts';
import type { DocumentModel } from '../model.ts';
import { escapeMarkup, shorten, singleLine } from '../text.ts';
import type { BinaryWriter } from '../writer.ts';

const width = 1200;
const height = 630;
const shown = 7;
const rowHeight = 58;
const top = 176;
const barLeft = 600;
const barWidth = 320;

const colours = ['#1f5fa8', '#918b7d', '#b45d1a'];
const inks = ['#ffffff', '#1d1c1a', '#ffffff'];

/** A card for posts, 1200 by 630: the day, the surest of its matches with their probabilities, and how many there are. */
export const pictureWriter: BinaryWriter = {
  format: 'png',
  mediaType: 'image/png',
  async writeBytes(document, locale) {
    // Loaded when first needed: most runs draw no picture.
    const { Resvg } = await import('@resvg/resvg-js');
    const picture = new Resvg(drawCard(document, locale), {
      font: { fontFiles: Object.values(fontFiles), loadSystemFonts: false, defaultFontFamily: 'Roboto' },
    });
    return new Uint8Array(picture.render().asPng());
  },
};

/** The card as SVG. */
export function drawCard(document: DocumentModel, locale: Locale): string {
  const rows = eventsOf(document, locale).flatMap((event) => rowOf(event, locale));
  const surest = [...rows]
    .sort((a, b) => Number(b.isResult) - Number(a.isResult) || certainty(b) - certainty(a))
    .slice(0, shown);
  const marks = document.marks.map(({ text }) => singleLine(text)).join(' · ');
  const more = rows.length - surest.length;
  const foot = more > 0 ? locale.t('documents.card.more', { count: more }) : '';
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Roboto">
<rect width="${width}" height="${height}" fill="#fbfaf7"/><rect x="48" y="34" width="1104" height="4" fill="#1d1c1a"/>
<text x="48" y="92" font-size="44" font-weight="500" fill="#1d1c1a">${e(shorten(singleLine(document.title), 44))}</text>
<text x="48" y="134" font-size="26" fill="#6b675f">${e(shorten(singleLine(document.subtitle), 60))}</text>
<text x="1152" y="134" font-size="22" fill="#7d5600" text-anchor="end">${e(shorten(marks, 50))}</text>
${legend(surest)}
${surest.map((row, index) => drawRow(row, top + index * rowHeight, locale)).join('\n')}
<text x="48" y="606" font-size="22" fill="#6b675f">${e(foot)}</text><text x="1152" y="606" font-size="22" font-style="italic" fill="#6b675f" text-anchor="end">Auspex</text>
</svg>`;
}

/** A match with the one forecast that its row tells: the result where it is told, or else the surest of the others. */
interface CardRow {
  readonly event: DocumentEvent;
  readonly forecast: EventForecast;
  readonly isResult: boolean;
}

function rowOf(event: DocumentEvent, locale: Locale): CardRow[] {
  const result = event.forecasts.find(({ type }) => type === locale.t('forecast-types.1x2.name'));
  const surest = event.forecasts.reduce<EventForecast | undefined>(
    (best, one) => (best && (best.probability ?? 0) >= (one.probability ?? 0) ? best : one),
    undefined,
  );
  const forecast = result ?? surest;
  return forecast ? [{ event, forecast, isResult: forecast === result }] : [];
}

const certainty = ({ forecast }: CardRow): number => forecast.probability ?? 0;

/** Which colour is which, where any row shows the three results. */
function legend(rows: readonly CardRow[]): string {
  const signs = rows.find(({ isResult }) => isResult)?.event.shares.map(({ sign }) => sign) ?? [];
  return signs
    .map((sign, index) => {
      const x = barLeft + index * 76;
      return `<rect x="${x}" y="150" width="16" height="16" fill="${colours[index] ?? '#888'}"/><text x="${x + 22}" y="165" font-size="19" fill="#6b675f">${e(sign)}</text>`;
    })
    .join('');
}

interface Part {
  readonly share: number;
  readonly colour: string;
  readonly ink: string;
  readonly hasNumber: boolean;
}

/** The three results in their colours; any other type as its own probability on a pale ground. */
function partsOf({ event, forecast, isResult }: CardRow): readonly Part[] {
  if (!isResult) {
    const share = forecast.probability ?? 0;
    return [
      { share, colour: '#2b6e68', ink: '#ffffff', hasNumber: true },
      { share: 1 - share, colour: '#e6e2d8', ink: '#1d1c1a', hasNumber: false },
    ];
  }
  return event.shares.map(({ probability }, index) => ({
    share: probability,
    colour: colours[index] ?? '#888',
    ink: inks[index] ?? '#ffffff',
    hasNumber: true,
  }));
}

function drawRow(row: CardRow, y: number, locale: Locale): string {
  const { event, forecast } = row;
  const names = event.names.map((name) => shorten(singleLine(name), 20)).join(' – ');
  const { isHit } = forecast;
  const tone = isHit === true ? '#1d7044' : isHit === false ? '#a8322b' : '#1d1c1a';
  let left = barLeft;
  const bars = partsOf(row).map(({ share, colour, ink, hasNumber }) => {
    const part = share * barWidth;
    const x = left;
    left += part;
    const number =
      hasNumber && part > 50
        ? `<text x="${(x + part / 2).toFixed(1)}" y="${y + 29}" font-size="19" fill="${ink}" text-anchor="middle">${e(locale.percent(share, 0))}</text>`
        : '';
    return `<rect x="${x.toFixed(1)}" y="${y + 6}" width="${Math.max(part - 2, 1).toFixed(1)}" height="34" fill="${colour}"/>${number}`;
  });
  const said = shorten(`${event.score === null ? '' : `${event.score}  `}${forecast.outcome}`, 24);
  const size = said.length > 15 ? 19 : 25;
  return `<text x="48" y="${y + 31}" font-size="25" fill="#1d1c1a">${e(names)}</text>${bars.join('')}${verdict(isHit, { y, tone })}<text x="1152" y="${y + 31}" font-size="${size}" font-weight="500" fill="${tone}" text-anchor="end">${e(said)}</text>`;
}

/** A tick or a cross, drawn: the font has no such signs. */
function verdict(isHit: boolean | null, { y, tone }: { readonly y: number; readonly tone: string }): string {
  if (isHit === null) return '';
  const x = barLeft + barWidth + 12;
  const path = isHit ? `M${x} ${y + 23}l7 8l12 -17` : `M${x} ${y + 15}l16 16m0 -16l-16 16`;
  return `<path d="${path}" fill="none" stroke="${tone}" stroke-width="3.5"/>`;
}

const e = (text: string): string => escapeMarkup(withFontSigns(text));
