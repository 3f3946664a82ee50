import { boosting } from './boosting.ts';
import type { PooledFamily } from './family.ts';
import { logistic } from './logistic.ts';
import { marketInformed } from './market-informed.ts';
import { network } from './network.ts';
import { orderedLogit } from './ordered-logit.ts';

/** The pooled families in the order in which they are fitted: later ones may start from earlier ones. */
export const pooledFamilies: readonly PooledFamily[] = [
  logistic,
  orderedLogit,
  boosting,
  network,
  marketInformed,
];
