import { z } from 'zod';
import { unfitToStore } from './addresses.ts';
import { oddsFormats } from './odds-format.ts';
import { isZone } from './zones.ts';
import { scopes, stageNames } from './domain.ts';

/**
 * Parameters of every kind of run, validated at the door. They are stored with the run as given, so that resuming and
 * replaying it mean the same thing later.
 */

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a day as YYYY-MM-DD')
  .refine((text) => !Number.isNaN(Date.parse(`${text}T00:00:00Z`)), 'expected a day of the calendar');

const championships = z.array(z.string().min(1)).min(1).optional();

const common = {
  scope: z.enum(scopes).default('all-time'),
  championships,
  /** The day taken as today; default the clock's day. */
  date: day.optional(),
};

/** A zod check: credentials and tokens belong into no parameter. */
function refuseUnfit(address: string, context: z.core.$RefinementCtx<string>): void {
  const message = unfitToStore(address);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
}

export const gettingParameters = z.strictObject({
  ...common,
  source: z.string().min(1).default('football-data'),
  /** A folder or a base address; default the source's own address. */
  from: z
    .string()
    .min(1)
    // The parameters of a run are stored, and shown to whoever looks at it.
    .superRefine(refuseUnfit)
    .optional(),
  /** Reads files again even when their content is known. */
  force: z.boolean().default(false),
  /** Column mapping of the `csv` source, as a JSON file. */
  mapping: z.string().optional(),
  /** The change set that this reading belongs to, so that it can be taken back. */
  changeSet: z.int().positive().optional(),
});

export const calculationParameters = z.strictObject(common);
export const processingParameters = z.strictObject(common);
export const forecastParameters = z.strictObject(common);

/**
 * Documents that tell no single day: the past week, everything so far, what to know of the models, and the last evaluation
 * with its details.
 */
export const reportKinds = ['digest', 'all-time', 'model-card', 'evaluation'] as const;
export type ReportKind = (typeof reportKinds)[number];

export const publisherParameters = z.strictObject({
  ...common,
  languages: z
    .array(z.enum(['en', 'ru']))
    .min(1)
    .optional(),
  formats: z.array(z.string()).min(1).optional(),
  /** How prices are written; default that of the settings. Data formats keep decimal odds. */
  odds: z.enum(oddsFormats).optional(),
  /** Reports made beside the documents of the day; default none. */
  reports: z.array(z.enum(reportKinds)).min(1).optional(),
  /** Zone of all kick-offs; default the setting's or, without one, each championship's own. */
  zone: z.string().refine(isZone, 'expected the name of a time zone, such as Europe/London').optional(),
});

export const pipelineParameters = z.strictObject({
  ...common,
  source: gettingParameters.shape.source,
  from: gettingParameters.shape.from,
  force: gettingParameters.shape.force,
  mapping: gettingParameters.shape.mapping,
});

export const evaluateParameters = z.strictObject({
  championships,
  /** First season that is scored, e.g. `2016/17`; default the fourth that is held. */
  from: z.string().min(4).optional(),
  /** Last season that is scored; default the newest. */
  to: z.string().min(4).optional(),
  date: day.optional(),
  /** Adds the long form: every family, season and test, betting, and forecasts made before kick-off. */
  details: z.boolean().default(false),
});

/** Families with something to tune; the others choose for themselves or have nothing to choose. */
export const tunableFamilies = ['boosting', 'network', 'logistic'] as const;
export type TunableFamily = (typeof tunableFamilies)[number];

export const tuneParameters = z.strictObject({
  family: z.enum(tunableFamilies).default('boosting'),
  /** Code of the championship that is trained on and scored; default: all of them together. */
  championship: z.string().min(1).optional(),
  trials: z.int().min(1).max(100_000).default(60),
  sampler: z.enum(['tpe', 'random', 'grid']).default('tpe'),
  pruner: z.enum(['median', 'successive-halving', 'none']).default('median'),
  /** Trials at once. It decides what a trial may know of others, so the machine does not choose it. */
  parallel: z.int().min(1).max(64).default(2),
  seed: z.int().min(0).default(0),
  /** Name of the search space; default the family's first. */
  preset: z.string().min(1).optional(),
  /** Seasons that are scored, the newest ones before the last, which stays sealed. */
  seasons: z.int().min(2).max(100).default(5),
});

export const featureSetCodes = ['football', 'football-extended', 'football-market'] as const;
export type FeatureSetCode = (typeof featureSetCodes)[number];

/** Families whose use of each feature can be measured. */
export const measuredFamilies = ['boosting', 'logistic', 'ordered-logit', 'network'] as const;
export type MeasuredFamily = (typeof measuredFamilies)[number];

export const featuresParameters = z.strictObject({
  set: z.enum(featureSetCodes).default('football'),
  /** Code; null for all together. */
  championship: z.string().min(1).nullable().default(null),
  /** Whose use of the features is measured; the models know the set `football` alone. */
  family: z.enum(measuredFamilies).default('boosting'),
});

/** A training of the analyst's own: what may be set, and the presets, are in `training.options`. */
export const trainParameters = z.strictObject({
  family: z.enum(tunableFamilies).default('boosting'),
  /** Values in place of the family's own, by name. */
  parameters: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])).default({}),
  /** Code of the championship that is trained on and scored; null for all of them together. */
  championship: z.string().min(1).nullable().default(null),
  /** Seasons that are scored, each by a model of earlier days; the newest before the last, which stays sealed. */
  seasons: z.int().min(2).max(20).default(3),
  seed: z.int().min(0).max(2_147_483_647).default(20_050_805),
  /** Name in the table of runs; default made of the family and the time. */
  name: z.string().trim().min(1).max(80).optional(),
});

/** Looks at everything that is watched, as of a day. */
export const monitorParameters = z.strictObject({ date: day.optional() });

export const runKinds = [
  ...stageNames,
  'pipeline',
  'evaluate',
  'tune',
  'features',
  'train',
  'monitor',
] as const;
export type RunKind = (typeof runKinds)[number];

export type GettingParameters = z.infer<typeof gettingParameters>;
export type CalculationParameters = z.infer<typeof calculationParameters>;
export type ProcessingParameters = z.infer<typeof processingParameters>;
export type ForecastParameters = z.infer<typeof forecastParameters>;
export type PublisherParameters = z.infer<typeof publisherParameters>;
export type EvaluateParameters = z.infer<typeof evaluateParameters>;
export type TuneParameters = z.infer<typeof tuneParameters>;
export type FeaturesParameters = z.infer<typeof featuresParameters>;
export type MonitorParameters = z.infer<typeof monitorParameters>;
export type TrainParameters = z.infer<typeof trainParameters>;
