import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import { networkBackend, registerNetworkBackend } from '../../kernel/modeling/neural/backend.ts';
import type { NetworkBackend } from '../../kernel/modeling/neural/backend.ts';
import { createTensorflowBackend } from './tensorflow-backend.ts';
import type { Tensorflow } from './tensorflow-backend.ts';

/** In the order of preference: the native library with and without a graphics card, WebAssembly, plain JavaScript. */
export const tensorflowVariants = ['node-gpu', 'node', 'wasm', 'cpu'] as const;
export type TensorflowVariant = (typeof tensorflowVariants)[number];

const require = createRequire(import.meta.url);

/**
 * Loads TensorFlow.js and makes it known as network backend `tensorflow-<variant>`, and as `tensorflow`. Without a wish the
 * first variant that loads is taken; the native ones only when the analyst has installed `@tensorflow/tfjs-node` or
 * `@tensorflow/tfjs-node-gpu`, whose binary is a download of its own. A wish that cannot be met is CONFIGURATION_INVALID.
 */
export async function loadTensorflow(wanted?: TensorflowVariant): Promise<NetworkBackend> {
  const reasons: string[] = [];
  for (const variant of wanted ? [wanted] : tensorflowVariants) {
    try {
      const backend = await load(variant);
      registerNetworkBackend(backend);
      registerNetworkBackend(backend, 'tensorflow');
      return backend;
    } catch (error) {
      reasons.push(`${variant}: ${error instanceof Error ? error.message.split('\n')[0]! : String(error)}`);
    }
  }
  throw new AppError('CONFIGURATION_INVALID', `TensorFlow.js could not be loaded. ${reasons.join('; ')}`, {
    detail: { wanted: wanted ?? 'any', reasons },
  });
}

/**
 * Sees to it that the network backend of that name is there: `plain` always is; `tensorflow` is the best variant that loads,
 * `tensorflow-<variant>` that one. For workers, before they create or load an estimator whose parameters name a backend.
 */
export async function ensureNetworkBackend(name: string): Promise<void> {
  if (name === 'tensorflow') await loadTensorflow();
  const variant = tensorflowVariants.find((known) => name === `tensorflow-${known}`);
  if (variant) await loadTensorflow(variant);
  // Throws with the known names for anything else.
  networkBackend(name);
}

async function load(variant: TensorflowVariant): Promise<NetworkBackend> {
  const library = variant.startsWith('node') ? await loadNative(variant) : await loadPortable(variant);
  return createTensorflowBackend(library, {
    name: `tensorflow-${variant}`,
    libraries: { '@tensorflow/tfjs-core': library.version_core },
  });
}

async function loadNative(variant: TensorflowVariant): Promise<Tensorflow> {
  // Not a dependency: the name is put together here so that its absence is found at run time.
  const library = (await import(['@tensorflow', `tfjs-${variant}`].join('/'))) as Tensorflow & {
    default?: Tensorflow;
  };
  return library.default ?? library;
}

async function loadPortable(variant: TensorflowVariant): Promise<Tensorflow> {
  const library = await import('@tensorflow/tfjs-core');
  // The core comes without gradients; loading the layers registers those of every operation.
  await import('@tensorflow/tfjs-layers');
  if (variant === 'wasm') {
    const wasm = await import('@tensorflow/tfjs-backend-wasm');
    wasm.setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`);
    // One thread: training jobs already run side by side in workers of their own.
    wasm.setThreadsCount(1);
  } else {
    await import('@tensorflow/tfjs-backend-cpu');
  }
  // Without the advice to install other packages, and without checks that the tests make.
  library.enableProdMode();
  if (!(await library.setBackend(variant))) throw new Error(`backend ${variant} did not start`);
  await library.ready();
  return library;
}
