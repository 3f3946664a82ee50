import { z } from 'zod';
import { answerAgeSchema } from './analysis.ts';
import { base } from './base.ts';
import { languages } from './domain.ts';
import { featureSetCodes, featuresParameters } from './stages.ts';

/** What the models learn from: what each number is, what it is worth, and whether it still is what it was. */

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a day as YYYY-MM-DD');

export const catalogueEntrySchema = z.object({
  name: z.string(),
  set: z.enum(featureSetCodes),
  family: z.string(),
  unit: z.string(),
  description: z.string(),
  formula: z.string().nullable(),
  asOf: z.string(),
  missing: z.string(),
});
export type CatalogueEntry = z.infer<typeof catalogueEntrySchema>;

const share = z.number();

/** One feature of a report; figures that its values cannot give are null. */
export const featureFindingSchema = z.object({
  name: z.string(),
  /** Rows that hold it, and the share that does not. */
  n: z.number().int(),
  missing: share,
  mean: z.number().nullable(),
  standardDeviation: z.number().nullable(),
  /** 5, 50 and 95 % of its values. */
  quantiles: z.array(z.number()).length(3).nullable(),
  /** Mutual information with the result in nats, beside what a useless column shows (mean and 95 % of shuffles). */
  information: z
    .object({
      value: z.number(),
      nullMean: z.number(),
      nullHigh: z.number(),
      pValue: z.number(),
      adjusted: z.number(),
    })
    .nullable(),
  /** Share of the model's own importance: of the gain of trees, of the sizes of coefficients. */
  gain: share.nullable(),
  /** Rise of the log loss on later matches when its values are shuffled, and the spread over shuffles. */
  permutation: z.object({ rise: z.number(), spread: z.number() }).nullable(),
  /** Mean size of its SHAP values, to ln(P(home) / P(away)). */
  shap: z.number().nullable(),
});
export type FeatureFinding = z.infer<typeof featureFindingSchema>;

export const featureReportSchema = z.object({
  /** Matches of the description, and those that the information rests on. */
  n: z.number().int(),
  informationRows: z.number().int(),
  draws: z.number().int(),
  from: z.string().nullable(),
  until: z.string().nullable(),
  features: z.array(featureFindingSchema),
  /** Which model the importances are of, and the later matches that they were measured on. */
  model: z
    .object({
      family: z.string(),
      /** Code; null where it is trained on all championships together. */
      championship: z.string().nullable(),
      seasonCode: z.string(),
      trainFrom: z.string().nullable(),
      trainUntil: z.string().nullable(),
      trainCount: z.number().int(),
      n: z.number().int(),
      from: z.string(),
      until: z.string(),
      repeats: z.number().int(),
    })
    .nullable(),
  /** Of the features with the largest SHAP values: each match's value and what it added, in the order of the matches. */
  shap: z
    .object({
      n: z.number().int(),
      features: z.array(
        z.object({
          name: z.string(),
          values: z.array(z.number().nullable()),
          contributions: z.array(z.number()),
        }),
      ),
    })
    .nullable(),
  /** Shares of importance fold by fold: a row a feature, a column a fold, null where a fold's model left it out. */
  stability: z
    .object({
      folds: z.array(z.string()),
      features: z.array(
        z.object({
          name: z.string(),
          shares: z.array(z.number().nullable()),
          meanRank: z.number(),
          bestRank: z.number().int(),
          worstRank: z.number().int(),
        }),
      ),
    })
    .nullable(),
  /** Share of missing values: a row a feature, a column a season. */
  missingness: z.object({
    seasons: z.array(z.string()),
    counts: z.array(z.number().int()),
    shares: z.array(z.array(share)),
  }),
  /** Rank correlation of the most informative features, like ones side by side. */
  correlation: z.object({
    n: z.number().int(),
    names: z.array(z.string()),
    values: z.array(z.array(z.number().nullable())),
  }),
});
export type FeatureReport = z.infer<typeof featureReportSchema>;

export const driftQuestionSchema = z.object({
  set: z.enum(featureSetCodes).default('football'),
  championship: z.string().min(1).nullable().default(null),
  reference: z.object({ from: day, until: day }),
  current: z.object({ from: day, until: day }),
});
export type DriftQuestion = z.infer<typeof driftQuestionSchema>;

const driftStatistic = z.object({ value: z.number(), high: z.number(), pValue: z.number() });

export const driftRowSchema = z.object({
  name: z.string(),
  status: z.enum(['pass', 'warn', 'fail', 'too-few']),
  /** Population stability index over tenths of the reference, and its 95 % point when days change places. */
  stability: driftStatistic.nullable(),
  /** Largest distance of the two distribution functions, Kolmogorov and Smirnov's. */
  distance: driftStatistic.nullable(),
  /** Benjamini and Hochberg's, of the distance over all features. */
  adjusted: z.number().nullable(),
  reference: z.object({ mean: z.number().nullable(), missing: share }),
  current: z.object({ mean: z.number().nullable(), missing: share }),
  /** Inner edges of the tenths, and the shares in them; the last share is what is missing. */
  edges: z.array(z.number()),
  referenceShares: z.array(share),
  currentShares: z.array(share),
});
export type DriftRow = z.infer<typeof driftRowSchema>;

export const driftReportSchema = z.object({
  referenceRows: z.number().int(),
  currentRows: z.number().int(),
  referenceDays: z.number().int(),
  currentDays: z.number().int(),
  minimum: z.number().int(),
  draws: z.number().int(),
  features: z.array(driftRowSchema),
});
export type DriftReport = z.infer<typeof driftReportSchema>;

export const selectionFoldSchema = z.object({
  seasonCode: z.string(),
  trainUntil: z.string().nullable(),
  trainCount: z.number().int(),
  /** In the order of choice, with the score statistic at which each entered; null where it was not noted. */
  kept: z.array(z.object({ name: z.string(), statistic: z.number().nullable() })),
  dropped: z.array(
    z.object({
      name: z.string(),
      reason: z.enum(['missing', 'constant', 'adds-nothing', 'limit']),
      /** Share missing, or p-value of its score test beside the chosen ones. */
      figure: z.number(),
    }),
  ),
});
export type SelectionFold = z.infer<typeof selectionFoldSchema>;

export const featureProcedures = {
  /** Definitions in a language, by default the setting's; names are the same in all. */
  catalogue: base.input(z.object({ language: z.enum(languages).optional() }).optional()).output(
    z.object({
      sets: z.array(
        z.object({ code: z.enum(featureSetCodes), count: z.number().int(), isMarketInformed: z.boolean() }),
      ),
      features: z.array(catalogueEntrySchema),
    }),
  ),
  /** What forward selection kept and dropped, fold by fold, the newest first. */
  selection: base.output(z.array(selectionFoldSchema)),
  /** The report of the last run of the kind `features` with these parameters; null before there is one. */
  report: base
    .input(featuresParameters)
    .output(featureReportSchema.extend({ age: answerAgeSchema, isStale: z.boolean() }).nullable()),
  drift: base.input(driftQuestionSchema).output(driftReportSchema.extend({ age: answerAgeSchema })),
  /** First and last match day with features, and the seasons between, for the pickers. */
  periods: base.output(
    z.object({
      seasons: z.array(
        z.object({ code: z.string(), from: z.string(), until: z.string(), n: z.number().int() }),
      ),
    }),
  ),
};
