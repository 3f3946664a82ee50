import type { Calculator } from '../calculator.ts';
import type { Instant } from '../../../contract/domain.ts';
import { bothSides } from '../sides.ts';

const newsDefaults = {
  /** Items older than this are forgotten. */
  windowDays: 14,
  /** Days after which an item weighs half. */
  halfLifeDays: 3,
} as const;

const dayMs = 86_400_000;
const asOf =
  'News items and their scores that were known (first seen here, then scored) at the start of the match day.';

interface Item {
  readonly seenAt: Instant;
  readonly scores: readonly [sentiment: number, injurySeverity: number, managerConfidence: number];
}

/** What is written of the clubs, as means over recent items in which older ones weigh less. */
export function createNews(
  parameters: { readonly [Name in keyof typeof newsDefaults]: number } = newsDefaults,
) {
  const { windowDays, halfLifeDays } = parameters;
  const none = `No item of the club was seen in the last ${String(windowDays)} days`;
  const formula = `Mean over the items of the last ${String(windowDays)} days, weights 2^(-age / ${String(halfLifeDays)} days).`;
  const mean = (name: string, unit: string, description: string) => ({
    ...{ name, unit, description, formula },
    missing: `${none}, or none says anything of it.`,
  });
  return {
    name: 'news',
    family: 'documents',
    parameters,
    features: bothSides(asOf, [
      {
        name: 'newsItems',
        unit: 'items',
        description: `news items seen in the last ${String(windowDays)} days`,
        missing: `${none}: no news is not bad news.`,
      },
      mean('newsSentiment', 'score, -1 to 1', 'news, bad to good'),
      mean('newsInjurySeverity', 'score, 0 to 1', 'injuries in the news, none to severe'),
      mean('newsManagerConfidence', 'score, -1 to 1', 'confidence in or of the manager in the news'),
      { name: 'newsAge', unit: 'hours', description: 'age of the newest item seen', missing: `${none}.` },
    ]),
    create({ clubs }) {
      const items = Array.from({ length: clubs }, () => new Map<number, Item>());
      return {
        learn(facts) {
          for (const fact of facts) {
            if (fact.kind !== 'news') continue;
            // A later score of the same item takes the place of the earlier; the item is as old as before.
            items[fact.club]!.set(fact.item, {
              seenAt: fact.seenAt,
              scores: [fact.sentiment, fact.injurySeverity, fact.managerConfidence],
            });
          }
        },
        before(match, out, offset) {
          [match.home, match.away].forEach((club, side) => {
            const at = offset + side;
            const held = items[club]!;
            for (const [id, { seenAt }] of held) {
              if (seenAt < match.asOf - windowDays * dayMs) held.delete(id);
            }
            const sums = [0, 0, 0];
            const weights = [0, 0, 0];
            let newest = -Infinity;
            for (const { seenAt, scores } of held.values()) {
              const weight = 2 ** (-(match.asOf - seenAt) / dayMs / halfLifeDays);
              newest = Math.max(newest, seenAt);
              scores.forEach((score, i) => {
                if (Number.isNaN(score)) return;
                sums[i]! += weight * score;
                weights[i]! += weight;
              });
            }
            out[at] = held.size > 0 ? held.size : NaN;
            for (let i = 0; i < 3; i++) out[at + 2 + 2 * i] = weights[i]! > 0 ? sums[i]! / weights[i]! : NaN;
            out[at + 8] = held.size > 0 ? (match.asOf - newest) / 3_600_000 : NaN;
          });
        },
        after() {
          // Results are no news items.
        },
      };
    },
  } satisfies Calculator;
}
