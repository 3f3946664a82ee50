import type { OutgoingCall } from '../../engine/contract/system.ts';
import type { Database } from '../client.ts';

export interface OutgoingHost {
  readonly host: string;
  readonly purposes: string[];
  readonly calls: number;
  readonly failures: number;
  readonly lastAt: number;
}

/** Who was called, the last one first. */
export function outgoingHosts({ sqlite }: Database): OutgoingHost[] {
  return sqlite
    .prepare<[], Omit<OutgoingHost, 'purposes'> & { purposes: string }>(
      `SELECT host, json_group_array(DISTINCT purpose) AS purposes, count(*) AS calls,
         sum(outcome <> 'ok') AS failures, max(instant) AS lastAt
       FROM outgoing_call GROUP BY host ORDER BY lastAt DESC`,
    )
    .all()
    .map((row) => ({ ...row, purposes: (JSON.parse(row.purposes) as string[]).sort() }));
}

/** The newest calls, of one host where it is given. */
export function outgoingCalls(
  { sqlite }: Database,
  options: { readonly limit: number; readonly host: string | null },
): OutgoingCall[] {
  return sqlite
    .prepare<[typeof options], OutgoingCall>(
      `SELECT id, instant, purpose, method, host, outcome, bytes, duration_ms AS durationMs FROM outgoing_call
       WHERE :host IS NULL OR host = :host ORDER BY id DESC LIMIT :limit`,
    )
    .all(options);
}
