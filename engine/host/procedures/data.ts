import { listChangeSets } from '../../../db/queries/change-sets.ts';
import { readTeams } from '../../../db/queries/football/getting.ts';
import { matchListState } from '../../../db/queries/football/match-list.ts';
import { areTwoTeams, readTeamsPlayed } from '../../../db/queries/football/similar-teams.ts';
import {
  openChangeSet,
  recordChanges,
  undoChangeSet,
  updateChangeSet,
} from '../../../db/storage/change-sets.ts';
import { mergeTeams, removeAlias } from '../../../db/storage/football/team-merge.ts';
import type { Coverage, QualityReport, SimilarTeams } from '../../contract/data.ts';
import { sports } from '../../contract/domain.ts';
import { AppError } from '../../contract/errors.ts';
import { taskParameters } from '../../contract/schedule.ts';
import { dayAt } from '../../contract/zones.ts';
import { sourceHealth } from '../../football/getting/source-health.ts';
import { scopeOf } from '../../football/getting/teams.ts';
import { timetable } from '../../runtime/schedule/cron.ts';
import { readTasks } from '../../runtime/schedule/task-book.ts';
import type { EngineContext } from '../engine-host.ts';
import { engine } from './engine.ts';

const procedures = engine.data;
const worker = new URL('../../workers/data.ts', import.meta.url);
const changesShown = 50;

export const data = {
  sources: procedures.sources.handler(({ context }) => sourceHealth(context.reader(), nextFetch(context))),
  quality: procedures.quality.handler(async ({ context }) => {
    const today = dayAt(context.clock.now(), context.settings().get('zone'));
    const { answer, age } = await context.analyses().answer<QualityReport>({
      kind: 'data-quality-1',
      about: { today, ...stateOf(context) },
      task: { today },
      worker,
      handler: 'quality',
    });
    return { report: answer, age };
  }),
  coverage: procedures.coverage.handler(async ({ context }) => {
    const { answer, age } = await context.analyses().answer<Coverage>({
      kind: 'data-coverage-1',
      about: stateOf(context),
      worker,
      handler: 'coverage',
    });
    return { coverage: answer, age };
  }),
  teams: procedures.teams.handler(({ input, context }) => {
    const sport = sports.find((one) => one === input.sport) ?? 'football';
    return readTeams(context.reader(), scopeOf(context.reader(), sport, input.country));
  }),
  removeAlias: procedures.removeAlias.handler(({ input, context }) => {
    const sport = sports.find((one) => one === input.sport) ?? 'football';
    const scope = scopeOf(context.reader(), sport, input.country);
    const removed = removeAlias(context.writer(), { source: input.source, name: input.name, ...scope });
    changed(context);
    return { removed };
  }),
  similarTeams: procedures.similarTeams.handler(async ({ context }) => {
    const { answer } = await context.analyses().answer<SimilarTeams[]>({
      kind: 'similar-teams-1',
      about: stateOf(context),
      worker,
      handler: 'similarTeams',
    });
    return answer;
  }),
  mergeTeams: procedures.mergeTeams.handler(({ input, context }) => merge(context, input)),
  changes: procedures.changes.handler(({ context }) => listChangeSets(context.reader(), changesShown)),
  undo: procedures.undo.handler(({ input, context }) => {
    const undone = undoChangeSet(context.writer(), input.id, context.clock.now());
    changed(context);
    return { undone };
  }),
};

/** When the schedule reads a source next; null where no task that is on reads it. */
function nextFetch(context: EngineContext): (source: string) => number | null {
  const zone = context.settings().get('zone');
  const now = context.clock.now();
  const fetches = readTasks(context.reader()).filter(({ kind, enabled }) => kind === 'fetch' && enabled);
  return (source) => {
    const instants = fetches
      .filter(({ parameters }) => taskParameters.fetch.parse(parameters).source === source)
      .flatMap(({ cron }) => timetable(cron, zone).next(now) ?? []);
    return instants.length === 0 ? null : Math.min(...instants);
  };
}

/** Merges and undone imports change the data without a run. */
function stateOf(context: EngineContext): { readonly state: string } {
  return { state: matchListState(context.reader()).state };
}

/** @throws AppError `NOT_FOUND` where they are not two teams of one country that never met */
function merge(context: EngineContext, { keep, other }: { readonly keep: number; readonly other: number }) {
  const database = context.writer();
  const teams = readTeamsPlayed(database);
  const [kept, left] = [keep, other].map((id) => teams.find((team) => team.id === id));
  const isPossible =
    kept !== undefined &&
    left !== undefined &&
    keep !== other &&
    kept.countryId === left.countryId &&
    kept.sportId === left.sportId &&
    !areTwoTeams(database, keep, other);
  if (!isPossible) {
    throw new AppError('NOT_FOUND', 'These are not two teams that could be one.', {
      detail: { keep, other },
    });
  }
  const result = database.sqlite.transaction(() => {
    const madeAt = context.clock.now();
    const changeSetId = openChangeSet(database, { kind: 'merge', subject: left.name, madeAt });
    using _recording = recordChanges(database, changeSetId);
    const matches = mergeTeams(database, keep, other);
    updateChangeSet(database, changeSetId, { state: 'done' });
    return { changeSetId, matches };
  })();
  changed(context);
  return result;
}

/** Tells the screens that answers about the data may be different now. */
function changed(context: EngineContext): void {
  context.events.emit({ kind: 'changed', group: 'data' });
}
