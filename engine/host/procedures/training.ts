import { forecastChampionships } from '../../../db/queries/football/calibration.ts';
import { dimensionsOf, listStudies } from '../../../db/queries/studies.ts';
import { studyWinner } from '../../../db/queries/tuning.ts';
import { tunableFamilies } from '../../contract/stages.ts';
import type { Dimension } from '../../contract/studies.ts';
import type { Trainable } from '../../contract/training.ts';
import { familyOptions } from '../../football/training/options.ts';
import { engine } from './engine.ts';

const procedures = engine.training;

export const training = {
  options: procedures.options.handler(({ context }) => {
    const database = context.reader();
    const done = listStudies(database).filter(({ state, best }) => state === 'done' && best !== null);
    return {
      families: tunableFamilies.map((family): Trainable => {
        const { parameters, presets, spaces } = familyOptions(family);
        const dimensions = dimensionsOf(
          Object.fromEntries(parameters.map(({ name, dimension }) => [name, dimension as Dimension])),
        );
        return {
          family,
          spaces,
          parameters: parameters.map(({ name, own }) => ({ name, own, dimension: dimensions[name]! })),
          presets: [
            ...presets.map((preset) => ({ study: null, ...preset })),
            ...done
              .filter((study) => study.family === family)
              .map(({ id }) => ({
                name: 'study',
                study: id,
                parameters: { ...studyWinner(database, id)!.parameters },
              })),
          ],
        };
      }),
      championships: forecastChampionships(database).map(({ code, name, country }) => ({
        code,
        name,
        country,
      })),
    };
  }),
};
