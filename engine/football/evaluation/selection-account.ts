import type { Database } from '../../../db/client.ts';
import { listSaidForecasts, type SaidRow } from '../../../db/queries/football/said-forecasts.ts';
import {
  readFixedFilters,
  readFixedRules,
  type FixedFilter,
  type FixedRule,
} from '../../../db/queries/football/selection-account.ts';
import type { Sport } from '../../contract/domain.ts';
import type { PublishedType, SelectionAccountRow } from '../../contract/forecasts.ts';
import { dayNumber, dayText } from '../../contract/zones.ts';
import { naiveSelection } from '../../kernel/conformal/risk-control.ts';
import { ruleYear, selectionRules } from '../forecast/selection.ts';
import type { SettledSaid } from './settled-forecasts.ts';

/** Coming forecasts that are looked at, at most. */
const mostComing = 20_000;

/** What each filter of each selection year looked at, promised and came to, the newest year first. */
export function selectionAccount(database: Database, settled: readonly SettledSaid[]): SelectionAccountRow[] {
  const filter = { state: 'coming', origin: 'any' } as const;
  const window = { order: 'kick-off', isDescending: false, offset: 0, limit: mostComing } as const;
  const coming = listSaidForecasts(database, { filter, ...window });
  const byFamily = Map.groupBy(settled, ({ sport, type, label }) => `${sport} ${type} ${label}`);
  const rows = [
    ...newestOfYear(readFixedRules(database)).map((rule) => {
      const isOwn = ({ sport, type }: { readonly sport: Sport; readonly type: PublishedType }) =>
        sport === rule.sport && type === '1x2';
      return ruleRow(rule, { settled: settled.filter(isOwn), coming: coming.filter(isOwn) });
    }),
    ...readFixedFilters(database).map((fixed) => {
      const own = { settled: byFamily.get(`${fixed.sport} ${fixed.type} ${fixed.label}`) ?? [] };
      return filterRow(fixed, {
        ...own,
        coming: coming.filter(
          ({ sport, type, label }) => sport === fixed.sport && type === fixed.type && label === fixed.label,
        ),
      });
    }),
  ];
  return rows.sort((a, b) => (a.from < b.from ? 1 : a.from > b.from ? -1 : 0));
}

interface Seen {
  readonly settled: readonly SettledSaid[];
  readonly coming: readonly SaidRow[];
}

function filterRow(fixed: FixedFilter, seen: Seen): SelectionAccountRow {
  const { sport, type, label, from, until, status, target, delta, tried, considered } = fixed;
  const { n, hits, bound, naiveThreshold, naiveCount, naiveHits } = fixed;
  const year = seen.settled.filter(({ day }) => day >= from && day < until);
  return {
    ...{ sport, type, label, from, until, status, target, delta, tried, considered },
    promised: n === null || hits === null || bound === null ? null : { n, hits, bound },
    realised: status === 'selected' ? tallyOf(year.filter(({ isSelected }) => isSelected)) : null,
    naive:
      naiveThreshold === null || naiveCount === null || naiveHits === null
        ? null
        : {
            threshold: naiveThreshold,
            n: naiveCount,
            hits: naiveHits,
            realised: tallyOf(year.filter(({ probability }) => probability >= naiveThreshold)),
          },
    coming: comingOf(seen.coming, from, until),
  };
}

/** A rule takes over on the 1 July after its record. */
function newestOfYear(
  rules: readonly FixedRule[],
): (FixedRule & { readonly from: string; readonly until: string })[] {
  const years = new Set<string>();
  return rules.flatMap((rule) => {
    const from = ruleYear(dayNumber(rule.recordUntil)).until;
    const year = `${rule.sport} ${from}`;
    if (years.has(year)) return [];
    years.add(year);
    return [{ ...rule, from: dayText(from), until: dayText(ruleYear(from).until) }];
  });
}

function ruleRow(
  rule: FixedRule & { readonly from: string; readonly until: string },
  seen: Seen,
): SelectionAccountRow {
  const { sport, target, delta, from, until, n, hits, bound } = rule;
  const year = seen.settled.filter(({ day }) => day >= from && day < until);
  const start = dayText(dayNumber(from) - selectionRules.recordDays);
  const record = seen.settled.filter(({ day }) => day >= start && day < from);
  const naive = naiveSelection(
    {
      confidence: record.map(({ probability }) => probability),
      correct: record.map(({ isHit }) => (isHit ? 1 : 0)),
    },
    { target, delta, minimumSelected: selectionRules.minimumSelected, steps: selectionRules.steps },
  );
  return {
    ...{ sport, type: '1x2', label: null, from, until, status: 'selected', target, delta, tried: null },
    considered: record.length,
    promised: { n, hits, bound },
    realised: tallyOf(year.filter(({ isSelected }) => isSelected)),
    naive: naive
      ? {
          threshold: naive.threshold,
          n: naive.n,
          hits: naive.hits,
          realised: tallyOf(year.filter(({ probability }) => probability >= naive.threshold)),
        }
      : null,
    coming: comingOf(seen.coming, from, until),
  };
}

function comingOf(rows: readonly SaidRow[], from: string, until: string): { n: number; selected: number } {
  const due = rows.filter(({ day }) => day >= from && day < until);
  return { n: due.length, selected: due.filter(({ recordCount }) => recordCount !== null).length };
}

const tallyOf = (group: readonly SettledSaid[]): { n: number; hits: number } => ({
  n: group.length,
  hits: group.filter(({ isHit }) => isHit).length,
});
