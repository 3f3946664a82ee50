import { bivariatePoisson } from './bivariate-poisson.ts';
import { dixonColes } from './dixon-coles.ts';
import type { ScoreLaw } from './law.ts';
import { negativeBinomial } from './negative-binomial.ts';
import { poisson } from './poisson.ts';
import { weibullCopula } from './weibull-copula.ts';

/** Every law of scores by name: one file and one line each. */
export const scoreLaws = {
  poisson,
  'dixon-coles': dixonColes,
  'bivariate-poisson': bivariatePoisson,
  'negative-binomial': negativeBinomial,
  'weibull-copula': weibullCopula,
} as const satisfies Record<string, ScoreLaw>;

export type ScoreLawName = keyof typeof scoreLaws;

export const scoreLawNames = Object.keys(scoreLaws) as readonly ScoreLawName[];
