import { spawnSync } from 'node:child_process';
import { createRandom } from '../../engine/kernel/math/random.ts';
import { createMatrix } from '../../engine/kernel/modeling/matrix.ts';
import { createMlp } from '../../engine/kernel/modeling/neural/network-estimator.ts';
import { loadTensorflow } from '../../engine/workers/neural/load-tensorflow.ts';

interface Bench {
  readonly name: string;
  readonly unit: string;
  /** The figure, in `unit`; NaN where what it measures is not installed. */
  run(): Promise<number>;
}

const rows = 10_000;
const inputs = 100;
const hidden = [64, 32];
const batchSize = 256;
const epochs = 12;

function sample() {
  const random = createRandom(1);
  const columns = Array.from({ length: inputs }, (_, k) => `x${k}`);
  const values = Float64Array.from({ length: rows * inputs }, () => random.normal());
  return {
    features: createMatrix(rows, columns, values),
    target: Float64Array.from({ length: rows }, () => random.integer(3)),
  };
}

const median = (times: readonly number[]) => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)]!;

/** Median milliseconds of an epoch, the first left out. */
async function epochMilliseconds(backend: string): Promise<number> {
  const { features, target } = sample();
  const times: number[] = [];
  let start = 0;
  await createMlp({ hidden, batchSize, epochs, patience: 0, backend }).fit(features, target, {
    callbacks: [
      {
        onEpochBegin: () => void (start = performance.now()),
        onEpochEnd: () => void times.push(performance.now() - start),
      },
    ],
  });
  return median(times.slice(1));
}

/** The same network, batches and optimiser in PyTorch on one thread. */
const torchScript = `
import time, torch
torch.set_num_threads(1)
x = torch.randn(${rows}, ${inputs}); y = torch.randint(0, 3, (${rows},))
layers = []; width = ${inputs}
for units in ${JSON.stringify(hidden)}:
    layers += [torch.nn.Linear(width, units), torch.nn.ReLU()]; width = units
model = torch.nn.Sequential(*layers, torch.nn.Linear(width, 3))
optimizer = torch.optim.Adam(model.parameters(), 1e-3); loss = torch.nn.CrossEntropyLoss(); times = []
for epoch in range(${epochs}):
    start = time.perf_counter(); order = torch.randperm(${rows})
    for first in range(0, ${rows}, ${batchSize}):
        batch = order[first:first + ${batchSize}]
        optimizer.zero_grad(); loss(model(x[batch]), y[batch]).backward(); optimizer.step()
    times.append((time.perf_counter() - start) * 1000)
print(sorted(times[1:])[len(times[1:]) // 2])
`;

function torchMilliseconds(): number {
  for (const python of ['python3', '/usr/bin/python3', 'python']) {
    const { status, stdout } = spawnSync(python, ['-c', torchScript], { encoding: 'utf8' });
    if (status === 0) return Number(stdout);
  }
  return NaN;
}

const unit = 'ms an epoch';

/** A perceptron of 100-64-32-3 on 10,000 rows, batches of 256, one thread; PyTorch beside it where it is installed. */
export const networkBenches: readonly Bench[] = [
  { name: 'perceptron 100-64-32-3, plain backend', unit, run: () => epochMilliseconds('plain') },
  {
    name: 'perceptron 100-64-32-3, TensorFlow.js on WebAssembly',
    unit,
    run: async () => epochMilliseconds((await loadTensorflow('wasm')).name),
  },
  { name: 'perceptron 100-64-32-3, PyTorch (peer)', unit, run: async () => torchMilliseconds() },
];
