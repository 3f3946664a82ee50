import type { Source } from '../../source.ts';
import { listFootballData } from './list.ts';
import { parseFootballData } from './parse.ts';

/** football-data.co.uk: results, statistics and odds of many bookmakers as CSV, and the matches to come. */
export const footballData: Source = {
  name: 'football-data',
  parserVersion: 1,
  baseAddress: 'https://www.football-data.co.uk',
  list: listFootballData,
  parse: parseFootballData,
};
