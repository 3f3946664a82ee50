import type { Check } from './check.ts';
import { dataQuality } from './checks/data-quality.ts';
import { definitions } from './checks/definitions.ts';
import { drift } from './checks/drift.ts';
import { quality } from './checks/quality.ts';
import { results } from './checks/results.ts';
import { sources } from './checks/sources.ts';
import { work } from './checks/work.ts';

/** Everything that is watched. A new check is a file of `checks/`, its rules in the contract, and a line here. */
export const checks: readonly Check[] = [sources, results, dataQuality, definitions, work, drift, quality];
