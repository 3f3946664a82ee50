import { eventsOf } from '../events.ts';
import type { DocumentEvent } from '../events.ts';
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
  const events = eventsOf(document, locale).filter(({ forecasts }) => forecasts.length > 0);
  const surest = [...events].sort((a, b) => certainty(b) - certainty(a)).slice(0, shown);
  const marks = document.marks.map(({ text }) => singleLine(text)).join(' · ');
  const more = events.length - surest.length;
  const foot = more > 0 ? locale.t('documents.card.more', { count: more }) : '';
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Roboto">
<rect width="${width}" height="${height}" fill="#fbfaf7"/><rect x="48" y="34" width="1104" height="4" fill="#1d1c1a"/>
<text x="48" y="92" font-size="44" font-weight="500" fill="#1d1c1a">${e(shorten(singleLine(document.title), 44))}</text>
<text x="48" y="134" font-size="26" fill="#6b675f">${e(shorten(singleLine(document.subtitle), 60))}</text>
<text x="1152" y="134" font-size="22" fill="#7d5600" text-anchor="end">${e(shorten(marks, 50))}</text>
${surest.map((event, index) => row(event, top + index * rowHeight, locale)).join('\n')}
<text x="48" y="606" font-size="22" fill="#6b675f">${e(foot)}</text><text x="1152" y="606" font-size="22" font-style="italic" fill="#6b675f" text-anchor="end">Auspex</text>
</svg>`;
}

const certainty = ({ shares }: DocumentEvent): number =>
  Math.max(0, ...shares.map(({ probability }) => probability));

function row(event: DocumentEvent, y: number, locale: Locale): string {
  const names = event.names.map((name) => shorten(singleLine(name), 20)).join(' – ');
  const [forecast] = event.forecasts;
  const tone = forecast?.isHit === true ? '#1d7044' : forecast?.isHit === false ? '#a8322b' : '#1d1c1a';
  const verdict = forecast?.isHit === true ? '√ ' : forecast?.isHit === false ? '× ' : '';
  const barLeft = 600;
  const barWidth = 420;
  let left = barLeft;
  const bars = event.shares.map(({ probability }, index) => {
    const part = probability * barWidth;
    const x = left;
    left += part;
    const number =
      part > 44
        ? `<text x="${(x + part / 2).toFixed(1)}" y="${y + 29}" font-size="19" fill="${inks[index] ?? '#ffffff'}" text-anchor="middle">${e(locale.percent(probability, 0))}</text>`
        : '';
    return `<rect x="${x.toFixed(1)}" y="${y + 6}" width="${Math.max(part - 2, 1).toFixed(1)}" height="34" fill="${colours[index] ?? '#888'}"/>${number}`;
  });
  const said = `${event.score === null ? '' : `${event.score}  `}${verdict}${forecast?.outcome ?? ''}`;
  return `<text x="48" y="${y + 31}" font-size="25" fill="#1d1c1a">${e(names)}</text>${bars.join('')}<text x="1152" y="${y + 31}" font-size="25" font-weight="500" fill="${tone}" text-anchor="end">${e(said)}</text>`;
}

const e = (text: string): string => escapeMarkup(withFontSigns(text));
