import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../engine/kernel/math/random.ts';
import { createMatrix } from '../../../engine/kernel/modeling/matrix.ts';
import { networkBackend } from '../../../engine/kernel/modeling/neural/backend.ts';
import type { NetworkBackend } from '../../../engine/kernel/modeling/neural/backend.ts';
import { startNorms, startParameters } from '../../../engine/kernel/modeling/neural/fit-network.ts';
import { createMlp } from '../../../engine/kernel/modeling/neural/network-estimator.ts';
import { plainBackend } from '../../../engine/kernel/modeling/neural/plain/engine.ts';
import { createEstimator, loadEstimator } from '../../../engine/kernel/modeling/registry.ts';
import { ensureNetworkBackend, loadTensorflow } from '../../../engine/workers/neural/load-tensorflow.ts';
import type { TensorflowVariant } from '../../../engine/workers/neural/load-tensorflow.ts';
import { makeBatch, networkSpecs } from '../../unit/kernel/modeling/neural/network-cases.ts';

const variants: readonly TensorflowVariant[] = ['wasm', 'cpu'];
// Dropout draws other masks in each backend.
const specs = Object.entries(networkSpecs).filter(([name]) => !name.includes('dropout'));

describe.each(variants)('TensorFlow.js on %s', (variant) => {
  let backend: NetworkBackend;
  beforeAll(async () => {
    backend = await loadTensorflow(variant);
  });

  it.each(specs)('computes the same scores and gradients as the plain core for %s', (_, spec) => {
    const batch = makeBatch(spec, 11);
    const random = createRandom(4);
    const parameters = startParameters(spec, createRandom(2)).map((value) => value + 0.1 * random.normal());
    const run = (engine: NetworkBackend) => {
      const compiled = engine.compile(spec, { seed: 3, capacity: 12 });
      const norms = startNorms(spec);
      let scores: Float32Array = new Float32Array(0);
      const gradient = compiled.differentiate(batch, { parameters, norms, step: 0 }, (given) => {
        scores = given.slice();
        return given.map((_score, at) => ((at * 7) % 5) - 1.5);
      });
      const predicted = compiled.predict(batch, { parameters, norms });
      compiled.dispose();
      return { scores, gradient, norms, predicted };
    };
    const theirs = run(backend);
    const ours = run(plainBackend);
    for (const part of ['scores', 'gradient', 'norms', 'predicted'] as const) {
      expect(theirs[part]).toHaveLength(ours[part].length);
      theirs[part].forEach((value, at) => expect(value, `${part}[${at}]`).toBeCloseTo(ours[part][at]!, 3));
    }
  });

  it('leaves as many tensors after training and forecasting as there were before', async () => {
    const before = tf.memory().numTensors;
    const network = createMlp({
      backend: backend.name,
      hidden: [8],
      batchNorm: true,
      dropout: 0.2,
      epochs: 3,
      batchSize: 16,
    });
    const features = createMatrix(
      40,
      ['x', 'y'],
      Float64Array.from({ length: 80 }, (_, at) => Math.sin(at)),
    );
    const target = Float64Array.from({ length: 40 }, (_, row) => row % 2);
    await network.fit(features, target, { validation: { features, target } });
    network.predictProbability(features);
    await expect(network.fit(features, target, { signal: { aborted: true } })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    expect(tf.memory().numTensors).toBe(before);
  });

  it('learns, gives the same bits for the same seed, and is named in the metadata', async () => {
    const random = createRandom(1);
    const features = createMatrix(200, ['x', 'y']);
    features.values.forEach((_, at) => (features.values[at] = random.normal()));
    const target = Float64Array.from({ length: 200 }, (_, row) => (features.values[2 * row]! > 0 ? 1 : 0));
    const fit = async () => {
      const network = createEstimator('mlp', {
        backend: 'tensorflow',
        hidden: [8],
        dropout: 0.1,
        epochs: 15,
        batchSize: 50,
        learningRate: 0.03,
      });
      await network.fit(features, target);
      return network;
    };
    const network = await fit();
    const right = network.predict(features).filter((label, row) => label === target[row]).length;
    expect(right).toBeGreaterThan(185);
    expect((await fit()).predictProbability(features)).toEqual(network.predictProbability(features));
    expect(network.metadata?.backend).toBe(`tensorflow-${variant}`);
    expect(network.metadata?.libraries).toEqual({ '@tensorflow/tfjs-core': tf.version_core });
    expect(loadEstimator(network.save()).predictProbability(features)).toEqual(
      network.predictProbability(features),
    );
  });
});

describe('loading TensorFlow.js', () => {
  it('takes the best variant that is there and says its name', async () => {
    const backend = await loadTensorflow();
    expect(['tensorflow-node-gpu', 'tensorflow-node', 'tensorflow-wasm']).toContain(backend.name);
  });

  it('makes a backend ready by the name that an estimator carries', async () => {
    await ensureNetworkBackend('plain');
    await ensureNetworkBackend('tensorflow-cpu');
    expect(networkBackend('tensorflow').name).toBe('tensorflow-cpu');
    await expect(ensureNetworkBackend('torch')).rejects.toThrow(/no network backend torch was loaded/);
  });

  it('refuses a wished variant that is not installed, with the reason', async () => {
    const installed = await loadTensorflow('node-gpu').then(
      () => true,
      (error: unknown) => {
        expect(error).toMatchObject({ code: 'CONFIGURATION_INVALID' });
        expect(String(error)).toMatch(/node-gpu/);
        return false;
      },
    );
    expect(typeof installed).toBe('boolean');
  });
});
