import {
  artefactContent,
  listArtefacts,
  listExperiments,
  metricHistory,
  readExperimentRun,
  searchExperimentRuns,
} from '../../../db/queries/tracking.ts';
import { compareRuns } from '../../runtime/tracking/compare.ts';
import { engine } from './engine.ts';

const procedures = engine.experiments;
/** What a screen shows as text. */
const mostArtefactBytes = 1_000_000;

export const experiments = {
  list: procedures.list.handler(({ context }) => listExperiments(context.reader())),
  runs: procedures.runs.handler(({ input, context }) => searchExperimentRuns(context.reader(), input)),
  show: procedures.show.handler(({ input, context }) => {
    const database = context.reader();
    return {
      run: readExperimentRun(database, input.id),
      metrics: metricHistory(database, input.id),
      artefacts: listArtefacts(database, input.id),
    };
  }),
  compare: procedures.compare.handler(({ input, context }) => {
    const runs = input.ids.map((id) => readExperimentRun(context.reader(), id));
    return compareRuns(runs, { differencesOnly: input.differencesOnly });
  }),
  artefact: procedures.artefact.handler(({ input, context }) => {
    const content = artefactContent(context.reader(), input.id);
    const isShort = content !== null && content.byteLength <= mostArtefactBytes;
    return { text: isShort ? Buffer.from(content).toString('utf8') : null };
  }),
  send: procedures.send.handler(({ context, signal }) => context.mlflow().send(signal)),
};
