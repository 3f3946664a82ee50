import { dataInstant } from '../../../db/queries/analysis.ts';
import { featureSeasons, readSelections } from '../../../db/queries/football/feature-selection.ts';
import type { Language } from '../../contract/domain.ts';
import type { CatalogueEntry, DriftReport, FeatureReport } from '../../contract/features.ts';
import type { FeatureSetCode } from '../../contract/stages.ts';
import { wordsOfFeature } from '../../football/calculation/feature-words.ts';
import { featureSets } from '../../football/calculation/registry.ts';
import { featureReportKind } from '../../football/feature-report/stage.ts';
import { oneSport } from '../../football/model-table.ts';
import { engine } from './engine.ts';

const procedures = engine.features;
const worker = new URL('../../workers/features.ts', import.meta.url);

const sets = featureSets.map(({ code, names, isMarketInformed }) => ({
  code: code as FeatureSetCode,
  count: names.length,
  isMarketInformed,
}));
const catalogueIn = (language: Language): CatalogueEntry[] =>
  featureSets.flatMap((set) =>
    set.definitions.map((definition) => ({
      name: definition.name,
      set: set.code as FeatureSetCode,
      family: definition.family,
      formula: null,
      ...wordsOfFeature(definition, language),
    })),
  );

export const features = {
  catalogue: procedures.catalogue.handler(({ input, context }) => ({
    sets,
    features: catalogueIn(input?.language ?? context.settings().get('language')),
  })),
  selection: procedures.selection.handler(({ context }) => readSelections(context.reader())),
  report: procedures.report.handler(({ input, context }) => {
    const kept = context.analyses().kept<FeatureReport>({ kind: featureReportKind, about: input });
    if (!kept) return null;
    const isStale = kept.age.dataAt < dataInstant(context.reader());
    return { ...kept.answer, age: kept.age, isStale };
  }),
  drift: procedures.drift.handler(async ({ input, context }) => {
    const asked = input.championship === null ? undefined : [input.championship];
    const { sport } = oneSport(context.reader(), asked);
    const { answer, age } = await context
      .analyses()
      .answer<DriftReport>({ kind: 'drift/2', about: { ...input, sport }, worker, handler: 'compareDrift' });
    return { ...answer, age };
  }),
  periods: procedures.periods.handler(({ context }) => ({ seasons: featureSeasons(context.reader()) })),
};
