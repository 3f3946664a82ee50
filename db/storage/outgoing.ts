import type { Database } from '../client.ts';

export interface NewOutgoingCall {
  readonly instant: number;
  readonly purpose: string;
  readonly method: string;
  readonly host: string;
  readonly outcome: string;
  readonly bytes: number | null;
  readonly durationMs: number;
}

/** Notes a call to another machine; the oldest of more than `kept` go. */
export function addOutgoingCall({ sqlite }: Database, call: NewOutgoingCall, kept = 20_000): void {
  const id = sqlite
    .prepare(
      `INSERT INTO outgoing_call (instant, purpose, method, host, outcome, bytes, duration_ms)
       VALUES (:instant, :purpose, :method, :host, :outcome, :bytes, :durationMs)`,
    )
    .run(call).lastInsertRowid;
  sqlite.prepare('DELETE FROM outgoing_call WHERE id <= ?').run(Number(id) - kept);
}
