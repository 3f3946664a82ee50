import { create } from 'zustand';

/** How the line to the engine is: `lost` after it has been open once, `connecting` before. */
export type ConnectionPhase = 'connecting' | 'open' | 'lost';

interface ConnectionState {
  readonly phase: ConnectionPhase;
  /** Tries since the line was lost. */
  readonly attempts: number;
  /** When the line was lost; undefined while it is open. */
  readonly lostAt: number | undefined;
  /** How often the line has been opened: a second time means that the engine or the network was away. */
  readonly openings: number;
}

export const useConnection = create<ConnectionState>(() => ({
  phase: 'connecting',
  attempts: 0,
  lostAt: undefined,
  openings: 0,
}));

export function markOpen(): void {
  useConnection.setState((state) => ({
    phase: 'open',
    attempts: 0,
    lostAt: undefined,
    openings: state.openings + 1,
  }));
}

export function markLost(now: number): void {
  useConnection.setState((state) => ({
    phase: state.openings > 0 ? 'lost' : 'connecting',
    attempts: state.attempts + 1,
    lostAt: state.lostAt ?? now,
  }));
}
