import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { createRandom } from '../../engine/kernel/math/random.ts';
import { createLogisticRegression } from '../../engine/kernel/modeling/linear/logistic-regression.ts';
import { createMatrix, selectRows, type Matrix } from '../../engine/kernel/modeling/matrix.ts';
import {
  createGradientBoosting,
  type GradientBoosting,
} from '../../engine/kernel/modeling/tree/gradient-boosting.ts';
import { toXgboostJson } from '../../engine/kernel/modeling/tree/xgboost-json.ts';
import { createTreeTeam } from '../../engine/workers/tree-team.ts';
import { askPython, peersFolder, type Bench } from './bench.ts';

const footballFile = join(peersFolder, 'data/football_matrix.csv.gz');
const boosting = { nEstimators: 500, learningRate: 0.05, maxDepth: 6 };

interface Part {
  readonly features: Matrix;
  readonly target: Float64Array;
}

interface Parts {
  readonly train: Part;
  readonly test: Part;
}

let loaded: Parts | undefined;

/** The football matrix of the peers, or, without it, drawn numbers in its shape. */
function football(): Parts {
  loaded ??= existsSync(footballFile) ? readFootball() : drawFootball();
  return loaded;
}

function readFootball(): Parts {
  const [header, ...lines] = gunzipSync(readFileSync(footballFile)).toString().trim().split('\n');
  const names = header!.split(',');
  const rows = lines.map((line) => line.split(','));
  const taken = names.flatMap((name, at) =>
    ['div', 'season', 'date', 'test', 'y'].includes(name) ? [] : [at],
  );
  const partOf = (test: string): Part => {
    const own = rows.filter((row) => row[names.indexOf('test')] === test);
    const values = own.flatMap((row) =>
      taken.map((at) => (row[at] === '' ? NaN : Math.fround(Number(row[at])))),
    );
    const columns = taken.map((at) => names[at]!);
    return {
      features: createMatrix(own.length, columns, Float64Array.from(values)),
      target: Float64Array.from(own, (row) => Number(row[names.indexOf('y')])),
    };
  };
  return { train: partOf('0'), test: partOf('1') };
}

function drawFootball(): Parts {
  const drawPart = (rows: number, seed: number): Part => {
    const random = createRandom(seed);
    const columns = Array.from({ length: 54 }, (_, j) => `x${String(j)}`);
    const values = new Float64Array(rows * 54).map((_, at) =>
      Math.round(random.normal() * (at % 5 === 0 ? 1000 : 20)),
    );
    const target = Float64Array.from({ length: rows }, (_, i) => {
      const score = values[i * 54 + 1]! / 20 - values[i * 54 + 2]! / 20 + 3 * random.normal();
      return score > 1 ? 0 : score < -1 ? 2 : 1;
    });
    return { features: createMatrix(rows, columns, values), target };
  };
  return { train: drawPart(27_289, 1), test: drawPart(7_230, 2) };
}

let model: Promise<GradientBoosting> | undefined;

/** Fitted once for what is measured on a fitted model. */
function fittedModel(): Promise<GradientBoosting> {
  model ??= (async () => {
    const fitted = createGradientBoosting(boosting);
    await fitted.fit(football().train.features, football().train.target);
    return fitted;
  })();
  return model;
}

async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

type PeerRun = Readonly<Record<string, { seconds: { fit: { median: number } } } | undefined>>;

function peerFit(library: 'xgboost' | 'sklearn', threads: number): NonNullable<Bench['peer']> {
  const script = ['gbdt_peer.py', footballFile, '--rounds', '500', '--depth', '6', '--repeats', '1'];
  return {
    name: library,
    async run() {
      const printed = await askPython([...script, '--threads', String(threads), '--libs', library]);
      const seconds = (printed as PeerRun | undefined)?.[library]?.seconds.fit.median;
      return seconds === undefined ? undefined : seconds * 1000;
    },
  };
}

function fitBench(threads: number, library: 'xgboost' | 'sklearn'): Bench {
  return {
    name: `boosting: fit 27,289 x 54, 500 rounds, depth 6, 3 classes, threads ${String(threads)}, beside ${library}`,
    unit: 'ms',
    run: () => {
      const { train } = football();
      const estimator = createGradientBoosting({ ...boosting, nJobs: threads });
      return timed(() => estimator.fit(train.features, train.target, { team: createTreeTeam }));
    },
    peer: peerFit(library, threads),
  };
}

/** Runs XGBoost on the very model that ours predicts with, read from our document. */
function peerOnModel(call: string): NonNullable<Bench['peer']> {
  const script = `
import json, sys, time, numpy as np, xgboost as xgb
booster = xgb.Booster(); booster.load_model(sys.argv[1]); booster.set_param({'nthread': 1})
x = np.fromfile(sys.argv[2], '<f4').reshape(-1, booster.num_features())
data = xgb.DMatrix(x, nthread=1, feature_names=booster.feature_names)
started = time.perf_counter(); ${call}; print(json.dumps(1000 * (time.perf_counter() - started)))`;
  return {
    name: 'xgboost',
    async run() {
      const folder = mkdtempSync(join(tmpdir(), 'auspex-bench-'));
      try {
        writeFileSync(join(folder, 'model.json'), toXgboostJson(await fittedModel()));
        writeFileSync(join(folder, 'x.f32'), Float32Array.from(football().test.features.values));
        const printed = await askPython(['-c', script, join(folder, 'model.json'), join(folder, 'x.f32')]);
        return printed as number | undefined;
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  };
}

const largeRows = 160_000;
const largeColumns = 100;

let large: Part | undefined;

/** A matrix that no cache holds: uniform numbers, every fifth column of ten values, every tenth with holes. */
function largeSample(): Part {
  if (large) return large;
  const random = createRandom(1);
  const values = new Float64Array(largeRows * largeColumns);
  for (let at = 0; at < values.length; at++) {
    const column = at % largeColumns;
    const u = Math.fround(random.uniform());
    const isHole = column % 10 === 9 && random.uniform() < 0.02;
    values[at] = isHole ? NaN : column % 5 === 4 ? Math.floor(u * 10) : u;
  }
  const target = Float64Array.from({ length: largeRows }, (_, i) => {
    const [a, b, c, d] = values.subarray(i * largeColumns, i * largeColumns + 4);
    const score = a! - b! + c! * d! + 0.5 * random.normal();
    return score > 0.6 ? 0 : score < -0.1 ? 2 : 1;
  });
  const columns = Array.from({ length: largeColumns }, (_, j) => `x${String(j)}`);
  large = { features: createMatrix(largeRows, columns, values), target };
  return large;
}

function largeFitBench(threads: number): Bench {
  const rounds = 50;
  const script = `
import json, sys, time, numpy as np, xgboost as xgb
x = np.fromfile(sys.argv[1], '<f4').reshape(-1, ${String(largeColumns)}); y = np.fromfile(sys.argv[2], 'u1')
data = xgb.DMatrix(x, label=y, nthread=${String(threads)})
params = dict(objective='multi:softprob', num_class=3, tree_method='hist', max_depth=6, eta=0.05, nthread=${String(threads)})
started = time.perf_counter(); xgb.train(params, data, ${String(rounds)}); print(json.dumps(1000 * (time.perf_counter() - started)))`;
  return {
    name: `boosting: fit 160,000 x 100, ${String(rounds)} rounds, depth 6, 3 classes, threads ${String(threads)}, beside xgboost`,
    unit: 'ms',
    run() {
      const { features, target } = largeSample();
      const estimator = createGradientBoosting({ ...boosting, nEstimators: rounds, nJobs: threads });
      return timed(() => estimator.fit(features, target, { team: createTreeTeam }));
    },
    peer: {
      name: 'xgboost',
      async run() {
        const folder = mkdtempSync(join(tmpdir(), 'auspex-bench-'));
        try {
          const { features, target } = largeSample();
          writeFileSync(join(folder, 'x.f32'), Float32Array.from(features.values));
          writeFileSync(join(folder, 'y.u8'), Uint8Array.from(target));
          const printed = await askPython(['-c', script, join(folder, 'x.f32'), join(folder, 'y.u8')]);
          return printed as number | undefined;
        } finally {
          rmSync(folder, { recursive: true });
        }
      },
    },
  };
}

export const benches: readonly Bench[] = [
  {
    name: 'logistic regression: exact fit, 30,000 x 12, 3 classes',
    unit: 'ms',
    async run() {
      const { train } = football();
      const rows = Array.from({ length: 30_000 }, (_, i) => i % train.features.rows);
      const wide = selectRows(train.features, rows);
      const columns = wide.columns.slice(0, 12);
      const values = wide.values.filter((_, at) => at % wide.columns.length < 12);
      const features = createMatrix(rows.length, columns, values);
      const target = Float64Array.from(rows, (row) => train.target[row]!);
      return timed(() => createLogisticRegression().fit(features, target));
    },
  },
  fitBench(1, 'xgboost'),
  fitBench(2, 'xgboost'),
  fitBench(1, 'sklearn'),
  fitBench(2, 'sklearn'),
  largeFitBench(1),
  largeFitBench(2),
  {
    name: 'boosting: predict 7,230 rows, 1,500 trees',
    unit: 'ms',
    async run() {
      const fitted = await fittedModel();
      const { features } = football().test;
      fitted.predictProbability(features);
      return timed(() => fitted.predictProbability(features));
    },
    peer: peerOnModel('booster.predict(data)'),
  },
  {
    name: 'boosting: predict one row, 1,500 trees',
    unit: 'ms',
    async run() {
      const fitted = await fittedModel();
      const row = selectRows(football().test.features, [0]);
      const repeats = 200;
      const whole = await timed(() => {
        for (let i = 0; i < repeats; i++) fitted.predictProbability(row);
      });
      return whole / repeats;
    },
  },
  {
    name: 'boosting: exact SHAP values of 7,230 rows, 1,500 trees',
    unit: 'ms',
    async run() {
      const fitted = await fittedModel();
      return timed(() => fitted.shapValues(football().test.features));
    },
    peer: peerOnModel('booster.predict(data, pred_contribs=True)'),
  },
];
