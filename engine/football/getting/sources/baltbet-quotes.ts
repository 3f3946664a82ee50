import { z } from 'zod';
import { markets, phases } from '../../../../db/storage/football/match-batch.ts';
import type { Instant } from '../../../contract/domain.ts';
import type { BatchBuilder } from '../batch-builder.ts';
import type { NoteTaker } from '../notes.ts';
import { absurdity } from '../rules.ts';
import { parseNumber } from '../values.ts';

const baltbetBookmaker = { code: 'BALTBET', name: 'BaltBet', kind: 'bookmaker' } as const;

const coefficient = z.object({
  odds: z.number(),
  name: z.string(),
  /** The line, as text with a decimal comma and a sign. */
  value: z.string().nullish(),
});
const marketSchema = z.object({ name: z.string(), coefs: z.array(z.unknown()) });
const answerSchema = z.object({
  main: z.array(z.unknown()).nullish(),
  additional: z.array(z.unknown()).nullish(),
});

/** The service's markets and the names of their selections, in our order. */
const known: Readonly<Record<string, { market: number; selections: readonly string[]; winners: number }>> = {
  Результат: { market: markets['1x2'], selections: ['1', 'X', '2'], winners: 1 },
  'Двойной шанс': { market: markets['double-chance'], selections: ['1X', '12', 'X2'], winners: 2 },
  Тотал: { market: markets.total, selections: ['Бол', 'Мен'], winners: 1 },
  Фора: { market: markets['asian-handicap'], selections: ['Ф1к', 'Ф2к'], winners: 1 },
};

/** Adds the prices of `/coefs/{matchId}`, as seen at an instant. Unknown markets are left out. */
export function readBaltbetQuotes(
  answer: unknown,
  target: { builder: BatchBuilder; notes: NoteTaker; line: number; instant: Instant },
): void {
  const content = answerSchema.safeParse(answer).data;
  if (!content) return;
  for (const entry of [...(content.main ?? []), ...(content.additional ?? [])]) {
    const given = marketSchema.safeParse(entry).data;
    const kind = given ? known[given.name.trim()] : undefined;
    if (!given || !kind) continue;
    const offers = given.coefs.flatMap((coef) => coefficient.safeParse(coef).data ?? []);
    const isHandicap = kind.market === markets['asian-handicap'];
    const lineOf = ({ value }: z.infer<typeof coefficient>) => (value ? parseNumber(value) : 0);
    // One market holds several lines; the first selection names each, the others follow it.
    for (const first of offers.filter(({ name }) => name.trim() === kind.selections[0])) {
      const line = lineOf(first) + 0;
      const prices = kind.selections.map((selection, index) => {
        const sought = isHandicap && index === 1 ? -line : line;
        return (
          offers.find((offer) => offer.name.trim() === selection && lineOf(offer) === sought)?.odds ?? NaN
        );
      });
      const reason = Number.isNaN(line) ? 'the line is no number' : absurdity(prices, false, kind.winners);
      if (reason) {
        target.notes.warn(target.line, `BaltBet's odds '${given.name}' are refused: ${reason}.`);
        continue;
      }
      target.builder.addQuote({
        market: kind.market,
        bookmaker: baltbetBookmaker,
        phase: phases.preMatch,
        line,
        instant: target.instant,
        prices,
      });
    }
  }
}
