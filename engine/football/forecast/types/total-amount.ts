import type { AmountType } from './forecast-type.ts';
import { sportLines } from './sport-lines.ts';

export const totalAmount = {
  kind: 'amount',
  name: 'total-amount',
  originCode: 8,
  lines: (sport) => [sportLines[sport].total],
  count: 'total',
} as const satisfies AmountType;
