import { createRandom } from '../../engine/kernel/math/random.ts';
import { createMatrix } from '../../engine/kernel/modeling/matrix.ts';
import { createMlp } from '../../engine/kernel/modeling/neural/network-estimator.ts';
import { loadTensorflow } from '../../engine/workers/neural/load-tensorflow.ts';
import { askPython, median, type Bench } from './bench.ts';

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

async function torchMilliseconds(): Promise<number | undefined> {
  return (await askPython(['-c', torchScript])) as number | undefined;
}

const unit = 'ms an epoch';

/** A perceptron of 100-64-32-3 on 10,000 rows, batches of 256, one thread; PyTorch beside it where it is installed. */
export const benches: readonly Bench[] = [
  {
    name: 'perceptron 100-64-32-3, plain backend',
    unit,
    run: () => epochMilliseconds('plain'),
    peer: { name: 'PyTorch, one thread', run: torchMilliseconds },
  },
  {
    name: 'perceptron 100-64-32-3, TensorFlow.js on WebAssembly',
    unit,
    run: async () => epochMilliseconds((await loadTensorflow('wasm')).name),
  },
];
