export { americanOf, fractionOf, oddsFormats } from '../../engine/contract/odds-format.ts';
export type { OddsFormat } from '../../engine/contract/odds-format.ts';
