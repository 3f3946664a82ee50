import type { AmountType } from './forecast-type.ts';
import { sportLines } from './sport-lines.ts';

export const homeTotalAmount = {
  kind: 'amount',
  name: 'home-total-amount',
  originCode: 9,
  lines: (sport) => [sportLines[sport].homeTotal],
  count: 'home',
} as const satisfies AmountType;
