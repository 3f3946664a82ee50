import { create } from 'zustand';
import type { EngineEvent, RunGlance } from '../../engine/contract/events.ts';

/** What the engine has told this window. */
interface EngineKnowledge {
  /** When the engine that speaks now was started; undefined until it has spoken. */
  readonly startedAt: number | undefined;
  /** How often another engine than before has spoken. */
  readonly restarts: number;
  /** Runs that the newly started engine goes on with. */
  readonly takenUp: readonly RunGlance[];
  /** Unfinished runs and parts of runs. */
  readonly runs: readonly RunGlance[];
  /** When this window first heard of each of them going on, for the remaining time. */
  readonly beganAt: Readonly<Record<number, { readonly instant: number; readonly done: number }>>;
}

export const useEngine = create<EngineKnowledge>(() => ({
  startedAt: undefined,
  restarts: 0,
  takenUp: [],
  runs: [],
  beganAt: {},
}));

const isOver = ({ state }: RunGlance): boolean => state !== 'queued' && state !== 'running';

/** Takes in what was heard. */
export function hear(event: EngineEvent, now: number): void {
  if (event.kind === 'hello') {
    useEngine.setState((known) => {
      const isOther = known.startedAt !== undefined && known.startedAt !== event.startedAt;
      return {
        startedAt: event.startedAt,
        restarts: known.restarts + (isOther ? 1 : 0),
        takenUp: isOther ? event.runs.filter(({ parentId }) => parentId === null) : known.takenUp,
        runs: event.runs,
        beganAt: {},
      };
    });
  } else if (event.kind === 'run') {
    const { run } = event;
    useEngine.setState((known) => {
      const before = known.runs.find(({ runId }) => runId === run.runId);
      const others = known.runs.filter(({ runId }) => runId !== run.runId);
      const isNewPhase = before?.phase !== run.phase || before.state !== run.state;
      const beganAt = isNewPhase
        ? { ...known.beganAt, [run.runId]: { instant: now, done: run.done } }
        : known.beganAt;
      return { runs: isOver(run) ? others : [...others, run].sort((a, b) => a.runId - b.runId), beganAt };
    });
  }
}

export function forgetRestart(): void {
  useEngine.setState({ restarts: 0, takenUp: [] });
}

/** Milliseconds a phase still needs at the pace so far; undefined while that would be a guess. */
export function remainingMs(
  run: Pick<RunGlance, 'done' | 'total'>,
  began: { readonly instant: number; readonly done: number } | undefined,
  now: number,
): number | undefined {
  if (!began || run.total <= 0) return undefined;
  const [made, elapsed] = [run.done - began.done, now - began.instant];
  if (made < 2 || elapsed < 2000) return undefined;
  return (elapsed / made) * (run.total - run.done);
}
