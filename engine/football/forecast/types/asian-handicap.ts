import type { MarketType } from './forecast-type.ts';
import { sportLines } from './sport-lines.ts';

export const asianHandicap = {
  kind: 'market',
  name: 'asian-handicap',
  originCode: null,
  lines: (sport) => sportLines[sport].asianHandicaps,
} as const satisfies MarketType;
