import { AppError } from '../../../contract/errors.ts';
import type { SavedEstimator } from '../estimator.ts';
import type { TreeEnsemble } from './ensemble.ts';

type Blobs = NonNullable<SavedEstimator['blobs']>;

/** The ensemble as numbers in blobs; node numbers are far below 2^24, so float32 holds them exactly. */
export function saveEnsemble(ensemble: TreeEnsemble): {
  shape: { features: number; outputs: number };
  blobs: Blobs;
} {
  const { features, outputs, baseScores, starts, treeOutputs, threshold, cover, gain } = ensemble;
  return {
    shape: { features, outputs },
    blobs: {
      baseScores,
      starts: Float64Array.from(starts),
      treeOutputs: Float32Array.from(treeOutputs),
      feature: Float32Array.from(ensemble.feature),
      left: Float32Array.from(ensemble.left),
      right: Float32Array.from(ensemble.right),
      missingLeft: Float32Array.from(ensemble.missingLeft),
      threshold,
      cover,
      gain,
    },
  };
}

/** The ensemble of its saved form; MODEL_INVALID when the parts do not fit each other. */
export function loadEnsemble(shape: { features: number; outputs: number }, blobs: Blobs): TreeEnsemble {
  const part = (name: string): Float32Array | Float64Array => {
    const blob = blobs[name];
    if (!blob)
      throw new AppError('MODEL_INVALID', `the saved trees lack ${name}`, { detail: { part: name } });
    return blob;
  };
  const ensemble: TreeEnsemble = {
    ...shape,
    baseScores: Float64Array.from(part('baseScores')),
    starts: Int32Array.from(part('starts')),
    treeOutputs: Int32Array.from(part('treeOutputs')),
    feature: Int32Array.from(part('feature')),
    threshold: Float32Array.from(part('threshold')),
    left: Int32Array.from(part('left')),
    right: Int32Array.from(part('right')),
    missingLeft: Uint8Array.from(part('missingLeft')),
    cover: Float32Array.from(part('cover')),
    gain: Float32Array.from(part('gain')),
  };
  checkEnsemble(ensemble);
  return ensemble;
}

/** Walking down any tree ends in a leaf: every node is reached once at most, children lie within their tree. */
export function checkEnsemble(ensemble: TreeEnsemble): void {
  const { starts, treeOutputs, feature, left, right, features, outputs } = ensemble;
  const bad = (what: string): never => {
    throw new AppError('MODEL_INVALID', `the trees are damaged: ${what}`);
  };
  const nodes = feature.length;
  const parts = [ensemble.threshold, left, right, ensemble.missingLeft, ensemble.cover, ensemble.gain];
  if (parts.some((part) => part.length !== nodes)) bad('their parts differ in length');
  if (starts.length !== treeOutputs.length + 1 || starts.at(-1) !== nodes) bad('their starts');
  const reached = new Uint8Array(nodes);
  for (let t = 0; t < treeOutputs.length; t++) {
    if (!(treeOutputs[t]! >= 0 && treeOutputs[t]! < outputs)) bad(`output of tree ${t}`);
    const start = starts[t]!;
    const size = starts[t + 1]! - start;
    if (size < 1) bad(`tree ${t} is empty`);
    const open = [0];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (!(node >= 0 && node < size) || reached[start + node] === 1) bad(`node ${node} of tree ${t}`);
      reached[start + node] = 1;
      if (feature[start + node]! < 0) continue;
      if (feature[start + node]! >= features) bad(`feature of node ${node} of tree ${t}`);
      open.push(left[start + node]!, right[start + node]!);
    }
  }
}
