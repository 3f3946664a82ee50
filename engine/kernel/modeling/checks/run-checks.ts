import { AppError } from '../../../contract/errors.ts';
import type { Check, CheckFinding, CheckInput, FigureKind } from './check.ts';
import { constantColumns, correlatedPairs, missingShare } from './column-checks.ts';
import { closerThanMarket, featureAfterForecast, targetAmongFeatures } from './leak-checks.ts';
import { checkModelAgainstMarket, modelCloserThanMarket } from './model-check.ts';
import type { JudgedForecasts } from './model-check.ts';
import { duplicatedRows, featureDrift, overlapInTime } from './part-checks.ts';
import { shiftedTargetProbe, shuffledLabelProbe } from './probe-checks.ts';
import { classBalance, constantTarget, labelDrift, tooFewEvents, unseenClass } from './target-checks.ts';

/** Every check, in the order of a report. */
export const checks: readonly Check[] = [
  constantTarget,
  classBalance,
  tooFewEvents,
  unseenClass,
  labelDrift,
  targetAmongFeatures,
  closerThanMarket,
  featureAfterForecast,
  overlapInTime,
  duplicatedRows,
  missingShare,
  constantColumns,
  correlatedPairs,
  featureDrift,
  shuffledLabelProbe,
  shiftedTargetProbe,
];

export interface CheckResult extends CheckFinding {
  readonly name: string;
  readonly figureKind: FigureKind;
  /** Why a fail was let through, as the analyst recorded it. */
  readonly overriddenBecause?: string | undefined;
}

export interface RunChecksOptions {
  /** Names of the checks to run; default all. */
  readonly only?: readonly string[] | undefined;
  /** A reason by check name: a fail of that check no longer stops the run. */
  readonly overrides?: Readonly<Record<string, string>> | undefined;
}

export interface CheckReport {
  readonly results: readonly CheckResult[];
  /** Names of failed checks that no reason overrides; training must not start while there are any. */
  readonly blocking: readonly string[];
}

/** Refuses unknown names and overrides without a reason: CONFIGURATION_INVALID. */
function requireNames({ only = [], overrides = {} }: RunChecksOptions): void {
  const known = [...checks.map((check) => check.name), modelCloserThanMarket];
  for (const name of [...only, ...Object.keys(overrides)]) {
    if (!known.includes(name)) {
      throw new AppError('CONFIGURATION_INVALID', `unknown check ${name}; known: ${known.join(', ')}`, {
        detail: { name, known },
      });
    }
  }
  for (const [name, reason] of Object.entries(overrides)) {
    if (reason.trim() === '') {
      throw new AppError('CONFIGURATION_INVALID', `the override of ${name} needs a reason`, {
        detail: { name },
      });
    }
  }
}

/** Runs the checks in order. An unknown name, or an override without a reason, is CONFIGURATION_INVALID. */
export async function runChecks(input: CheckInput, options: RunChecksOptions = {}): Promise<CheckReport> {
  requireNames(options);
  const { only, overrides } = options;
  const results: CheckResult[] = [];
  for (const check of checks) {
    if (only && !only.includes(check.name)) continue;
    results.push(toResult(check, await check.run(input), overrides));
  }
  return toReport(results);
}

/** The check of a trained model's forecasts, under the same rules of overriding. */
export function reportModelCheck(forecasts: JudgedForecasts, options: RunChecksOptions = {}): CheckReport {
  requireNames(options);
  const finding = checkModelAgainstMarket(forecasts);
  return toReport([
    toResult({ name: modelCloserThanMarket, figureKind: 'number' }, finding, options.overrides),
  ]);
}

function toResult(
  { name, figureKind }: Pick<Check, 'name' | 'figureKind'>,
  finding: CheckFinding,
  overrides: RunChecksOptions['overrides'] = {},
): CheckResult {
  const reason = finding.status === 'fail' ? overrides[name] : undefined;
  return { name, figureKind, ...finding, ...(reason !== undefined && { overriddenBecause: reason }) };
}

function toReport(results: readonly CheckResult[]): CheckReport {
  const blocking = results.filter((result) => result.status === 'fail' && !result.overriddenBecause);
  return { results, blocking: blocking.map((result) => result.name) };
}

/** Throws CHECKS_FAILED with the sentences of the blocking checks, if there are any. */
export function requirePassed({ results, blocking }: CheckReport): void {
  if (blocking.length === 0) return;
  const sentences = results
    .filter(({ name }) => blocking.includes(name))
    .map(({ name, sentence }) => `${name}: ${sentence}`);
  throw new AppError('CHECKS_FAILED', `training was stopped by its checks. ${sentences.join(' ')}`, {
    detail: { checks: blocking },
  });
}
