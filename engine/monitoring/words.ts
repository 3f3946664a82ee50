import type { Challenger, Finding, FindingWords } from '../contract/monitoring.ts';
import { runKinds } from '../contract/stages.ts';
import type { Locale } from '../documents/locale.ts';

/**
 * A finding in words. Numbers are rounded for reading; the finding itself has them in full. A look that had too little to
 * go by says that alone: the rule's own sentence would claim what nobody has seen.
 */
export function wordsOfFinding(finding: Finding, locale: Locale): FindingWords {
  const key = `monitoring.rules.${finding.rule}`;
  const subject = subjectWords(finding, locale);
  const values: Record<string, string | number> = { subject, n: locale.integer(finding.n) };
  values['value'] = figureWords(finding, locale);
  for (const [name, value] of Object.entries(finding.detail)) {
    values[name] = typeof value === 'number' ? numberWords(name, value, locale) : (value ?? '–');
  }
  if (finding.rule === 'run-failed') {
    const { code } = finding.detail;
    values['reason'] = typeof code === 'string' ? locale.t(`errors.${code}`) : '–';
  }
  return {
    title: locale.t(`${key}.title`),
    text: locale.t(finding.level === 'unknown' ? 'monitoring.too-little' : `${key}.text`, values),
    action: locale.t(`${key}.action`),
    subject,
    figure: figureWords(finding, locale),
  };
}

/** What came of a training that drift asked for: under way, nothing new, or what the gate said and by which figures. */
export function outcomeWords(
  { state, newVersions, decisions }: Omit<Challenger, 'reasons'>,
  locale: Locale,
): string {
  const t = (key: string, values?: Readonly<Record<string, string>>): string =>
    locale.t(`monitoring.challengers.${key}`, values);
  if (state !== 'done') return t(`states.${state}`);
  if (decisions.length === 0) return newVersions === 0 ? t('nothing-new') : t('stays');
  return decisions
    .map(({ family, decision }) => {
      const { promoted, challengerLoss, championLoss, matches, reason } = decision;
      return t(promoted ? 'promoted' : 'refused', {
        family,
        challenger: challengerLoss === null ? '–' : locale.number(challengerLoss, 4),
        champion: championLoss === null ? '–' : locale.number(championLoss, 4),
        matches: locale.integer(matches),
        reason: t(`reasons.${reason}`),
      });
    })
    .join(' ');
}

/** A bound of a finding as its figure is written; undefined where it has none that can be reached. */
export function boundWords(finding: Finding, bound: number | null, locale: Locale): string | undefined {
  if (bound === null || bound === Number.MAX_VALUE) return undefined;
  return figureWords({ ...finding, value: bound }, locale);
}

/** The figure with as many digits as its unit deserves. */
function figureWords({ value, unit }: Pick<Finding, 'value' | 'unit'>, locale: Locale): string {
  if (value === null) return '–';
  switch (unit) {
    case 'count':
      return locale.integer(value);
    case 'share':
      return locale.percent(value, 1);
    case 'days':
    case 'wealth':
    case 'standard-errors':
    case 'p-value':
      return locale.number(value, 1);
    case 'index':
      return locale.number(value, 3);
    case 'log-loss':
      return locale.number(value, 4);
  }
}

function numberWords(name: string, value: number, locale: Locale): string {
  if (name === 'share' || name === 'promised') return locale.percent(value, 1);
  if (name === 'low' || name === 'high') return locale.number(value, 4);
  return Number.isInteger(value) ? locale.integer(value) : locale.number(value, 3);
}

/** Subjects are codes from outside, but for stages, the names of sports and everything together. */
function subjectWords({ rule, subject }: Finding, locale: Locale): string {
  if (subject === 'all') return locale.t('monitoring.all');
  if (rule === 'run-failed' && runKinds.some((kind) => kind === subject)) {
    return locale.t(`cli.stages.${subject}`);
  }
  // `football 80 %` is about a sport, `football-data` is the name of a source.
  const sport = /^(football|ice-hockey)( .*|)$/.exec(subject);
  return sport ? `${locale.t(`monitoring.sports.${sport[1]!}`)}${sport[2]!}` : subject;
}
