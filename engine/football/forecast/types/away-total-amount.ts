import type { AmountType } from './forecast-type.ts';
import { sportLines } from './sport-lines.ts';

export const awayTotalAmount = {
  kind: 'amount',
  name: 'away-total-amount',
  originCode: 10,
  lines: (sport) => [sportLines[sport].awayTotal],
  count: 'away',
} as const satisfies AmountType;
