import { z } from 'zod';

/** How the forecast types beside the result fare. Brier scores are of one label, (p - came)²: 0 to 1. */

const binaryScores = { logLoss: z.number(), brier: z.number(), accuracy: z.number() };

/** A mean with its 95 % block-bootstrap interval by match day. */
const difference = z.object({
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});

const held = {
  level: z.number(),
  n: z.number().int(),
  coverage: z.number(),
  /** 95 % Clopper-Pearson interval. */
  low: z.number(),
  high: z.number(),
};

/** A type with two labels: yes or no, over or under a line. */
const typeScoresSchema = z.object({
  type: z.string(),
  line: z.number().nullable(),
  n: z.number().int(),
  /** How often the first label came, and its mean probability. */
  frequency: z.number(),
  meanProbability: z.number(),
  model: z.object(binaryScores),
  /** How often the first label had come in the championship before the day. */
  baseRate: z.object(binaryScores),
  /** Log loss of the model minus that of the base rate: negative where the model is better. */
  againstBase: difference,
  /** Where a price of the type is held: the market, and the model's log loss minus its. */
  market: z
    .object({ n: z.number().int(), ...binaryScores, modelLogLoss: z.number(), against: difference })
    .nullable(),
  spiegelhalter: z.number().nullable(),
  coverage: z.array(
    z.object({
      ...held,
      /** Coverage of those that ended with the first and with the second label. */
      first: z.number().nullable(),
      second: z.number().nullable(),
      meanSize: z.number(),
    }),
  ),
  /** Isotonic reliability curve of the first label with its 90 % consistency band. */
  reliability: z.object({
    points: z.array(z.number()),
    frequency: z.array(z.number()),
    low: z.array(z.number()),
    high: z.array(z.number()),
    histogram: z.array(z.number().int()),
    outside: z.number(),
  }),
  seasons: z.array(
    z.object({
      season: z.string(),
      n: z.number().int(),
      logLoss: z.number(),
      baseRate: z.number(),
      /** Of the season's matches with a price, the model's loss beside the market's. */
      market: z.object({ n: z.number().int(), logLoss: z.number(), modelLogLoss: z.number() }).nullable(),
    }),
  ),
});
export type TypeScores = z.infer<typeof typeScoresSchema>;

/** A type that counts goals. */
const amountScoresSchema = z.object({
  type: z.string(),
  n: z.number().int(),
  /** Goals expected and come, a match. */
  expected: z.number(),
  came: z.number(),
  /** Came minus expected. */
  bias: difference,
  rootMeanSquareError: z.number(),
  /** Of the mean so far in the championship. */
  baseRootMeanSquareError: z.number(),
  coverage: z.array(z.object({ ...held, /** Counts in the interval. */ meanSize: z.number() })),
});
export type AmountScores = z.infer<typeof amountScoresSchema>;

export const typesEvaluationSchema = z.object({
  types: z.array(typeScoresSchema),
  amounts: z.array(amountScoresSchema),
});
export type TypesEvaluation = z.infer<typeof typesEvaluationSchema>;
