import { AppError } from '../../../contract/errors.ts';
import type { Source } from '../source.ts';
import { baltbet } from './baltbet.ts';
import { csv } from './csv/index.ts';
import { facts } from './facts/index.ts';
import { footballData } from './football-data/index.ts';
import { news } from './news/index.ts';
import { openfootball } from './openfootball.ts';

/** Every source: one file and one line here. */
export const sources: readonly Source[] = [footballData, openfootball, baltbet, csv, facts, news];

/** The source of a name. @throws AppError `SOURCE_UNKNOWN` naming the known ones */
export function findSource(name: string): Source {
  const source = sources.find((one) => one.name === name);
  if (source) return source;
  throw new AppError(
    'SOURCE_UNKNOWN',
    `There is no source '${name}'. Known sources: ${sources.map((one) => one.name).join(', ')}.`,
    { detail: { source: name } },
  );
}
