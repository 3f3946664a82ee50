import type { Instant, Sport } from '../../engine/contract/domain.ts';
import type { PromotionDecision } from '../../engine/contract/models.ts';
import type { Challenger, Finding } from '../../engine/contract/monitoring.ts';
import type { Database } from '../client.ts';

export interface LastTraining {
  /** When the last training of all seasons began that was not given up; undefined before the first. */
  readonly answeredAt: Instant | undefined;
  /** The same, those that failed or were cancelled among them. */
  readonly triedAt: Instant | undefined;
}

/** When the models of a sport were last trained, by whomever. */
export function readLastTraining({ sqlite }: Database, sport: Sport): LastTraining {
  const row = sqlite
    .prepare<[Sport], { answeredAt: Instant | null; triedAt: Instant | null }>(
      `SELECT max(iif(state IN ('failed', 'cancelled'), NULL, instant)) AS answeredAt, max(instant) AS triedAt
       FROM run WHERE stage = 'processing' AND parameters ->> '$.scope' = 'all-time'
         AND (parameters -> '$.championships' IS NULL OR EXISTS (
           SELECT 1 FROM json_each(run.parameters, '$.championships') named
           JOIN championship c ON c.code = named.value JOIN sport ON sport.id = c.sport_id WHERE sport.code = ?))`,
    )
    .get(sport);
  return { answeredAt: row?.answeredAt ?? undefined, triedAt: row?.triedAt ?? undefined };
}

/** The trainings that drift asked for, the newest first, with what the gate said of what they brought. */
export function readChallengers({ sqlite }: Database, limit: number): Challenger[] {
  const decisions = sqlite.prepare<[Instant], { family: string; decision: string }>(
    `SELECT v.family, p.decision FROM promotion p JOIN model_version v ON v.id = p.challenger_id
     WHERE p.instant = ? ORDER BY p.id`,
  );
  return sqlite
    .prepare<
      [number],
      Omit<Challenger, 'reasons' | 'decisions'> & { readonly reasons: string; readonly instant: Instant }
    >(
      `SELECT r.id AS runId, r.instant, r.started_at AS startedAt, r.finished_at AS finishedAt, r.state, c.reasons,
         (SELECT count(*) FROM model_version v WHERE v.created_at = r.instant) AS newVersions
       FROM challenger c JOIN run r ON r.id = c.run_id ORDER BY r.id DESC LIMIT ?`,
    )
    .all(limit)
    .map(({ reasons, instant, ...one }) => ({
      ...one,
      reasons: JSON.parse(reasons) as Finding[],
      decisions: decisions.all(instant).map(({ family, decision }) => ({
        family,
        decision: JSON.parse(decision) as PromotionDecision,
      })),
    }));
}
