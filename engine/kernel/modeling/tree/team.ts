import { scanGeneral } from './general-scan.ts';
import {
  buildJob,
  buildJobDoubles,
  jobWords,
  partitionJob,
  softmaxScales,
  type TreeLayout,
} from './layout.ts';
import { blockFeatures, instantiateKernels, splitResultBytes } from './wasm/kernels.ts';
import type { WasmMemory, WasmModule } from './wasm/web-assembly.ts';

/** What a thread needs to take part in growing trees; it may be posted to a worker. */
export interface TeamSetup {
  readonly module: WasmModule;
  /** Shared between threads where `layout.threads` > 1. */
  readonly memory: WasmMemory;
  readonly layout: TreeLayout;
}

/** The work that members do together; member t takes its own features, or the jobs that it owns. */
export const teamPhases = { build: 1, partition: 2, softmax: 3 } as const;
export type TeamPhase = (typeof teamPhases)[keyof typeof teamPhases];

/** Threads that work on one memory. `run` answers when every member has done its part. */
export interface HistogramTeam {
  run(phase: TeamPhase): void;
  close(): void;
}

/** Supplied by the runtime, which knows how to start threads. Member 0 is the caller's own thread. */
export type TeamFactory = (setup: TeamSetup) => Promise<HistogramTeam>;

export interface TeamMember {
  run(phase: TeamPhase): void;
}

/** The part of one thread. Every member runs this very code, so that the number of threads changes no bit. */
export function createTeamMember(setup: TeamSetup, thread: number): TeamMember {
  const { layout } = setup;
  const { buffer } = setup.memory;
  const kernels = instantiateKernels(setup.module, setup.memory);
  const words = new Int32Array(buffer);
  const doubles = new Float64Array(buffer);
  const bytes = new Uint8Array(buffer);
  const firstBlock = layout.threadBlocks[thread]!;
  const lastBlock = layout.threadBlocks[thread + 1]!;
  const firstFeature = firstBlock * blockFeatures;
  const lastFeature = Math.min(lastBlock * blockFeatures, layout.features);
  const blockBytes = 2 * blockFeatures;
  const [from, until] = layout.threadBytes[thread]!;
  const firstJob = (layout.jobs + 128) / 4;
  const spare = layout.spare + thread * (Math.ceil((layout.rows * 4 + 64) / 64) * 64);

  function build(job: number): void {
    const at = firstJob + job * jobWords;
    const smallSlot = words[at + buildJob.smallSlot]!;
    const largeSlot = words[at + buildJob.largeSlot]!;
    kernels.histogram(
      words[at + buildJob.rows]!,
      words[at + buildJob.count]!,
      layout.rowBins + firstBlock * blockBytes,
      layout.rowBytes,
      (lastBlock - firstBlock) * blockBytes,
      layout.blockBases + firstBlock * 4,
      words[at + buildJob.gradients]!,
      layout.scratch,
    );
    if (largeSlot !== 0) kernels.subtract(largeSlot + from, layout.scratch + from, until - from);
    if (smallSlot !== 0) kernels.move(smallSlot + from, layout.scratch + from, until - from);
    else bytes.fill(0, layout.scratch + from, layout.scratch + until);
    if (words[at + buildJob.scanSmall]) scan(job, 0, smallSlot);
    if (words[at + buildJob.scanLarge]) scan(job, 1, largeSlot);
  }

  function scan(job: number, side: 0 | 1, slot: number): void {
    const at = firstJob + job * jobWords;
    const real = at / 2;
    const result = layout.results + ((job * 2 + side) * layout.threads + thread) * splitResultBytes;
    const node = {
      slot,
      mask: words[at + (side === 0 ? buildJob.smallMask : buildJob.largeMask)]!,
      gradient: words[at + (side === 0 ? buildJob.smallGradient : buildJob.largeGradient)]!,
      hessian: words[at + (side === 0 ? buildJob.smallHessian : buildJob.largeHessian)]!,
      minimum: doubles[real + buildJobDoubles.minimum]!,
    };
    if (layout.general) {
      scanGeneral(buffer, layout, {
        ...node,
        settings: layout.general,
        gradientScale: doubles[real + buildJobDoubles.gradientScale]!,
        hessianScale: doubles[real + buildJobDoubles.hessianScale]!,
        low: doubles[real + (side === 0 ? buildJobDoubles.smallLow : buildJobDoubles.largeLow)]!,
        high: doubles[real + (side === 0 ? buildJobDoubles.smallHigh : buildJobDoubles.largeHigh)]!,
        firstFeature,
        lastFeature,
        result,
      });
      return;
    }
    kernels.scan(
      slot,
      layout.featureTable,
      firstFeature,
      lastFeature,
      node.mask,
      node.gradient,
      node.hessian,
      doubles[real + buildJobDoubles.lambda]!,
      node.minimum,
      result,
    );
  }

  function partition(job: number): void {
    const at = firstJob + job * jobWords;
    if (words[at + partitionJob.owner] !== thread) return;
    words[at + partitionJob.left] = kernels.partition(
      words[at + partitionJob.rows]!,
      words[at + partitionJob.count]!,
      words[at + partitionJob.column]!,
      words[at + partitionJob.splitBin]!,
      words[at + partitionJob.leftBin]!,
      spare,
    );
  }

  function softmax(): void {
    const first = layout.threadPairs[thread]!;
    kernels.softmax(
      layout.scores + first * 16,
      layout.target + first * 16,
      layout.weights + first * 16,
      layout.gradients + first * 16,
      layout.shares + thread * layout.sharesBytes,
      layout.outputBytes,
      layout.outputs,
      layout.threadPairs[thread + 1]! - first,
      doubles[layout.jobs / 8 + softmaxScales.gradient]!,
      doubles[layout.jobs / 8 + softmaxScales.hessian]!,
    );
  }

  return {
    run(phase) {
      if (phase === teamPhases.softmax) {
        softmax();
        return;
      }
      const jobs = words[layout.jobs / 4]!;
      const work = phase === teamPhases.build ? build : partition;
      for (let job = 0; job < jobs; job++) work(job);
    },
  };
}

/** A team of one: the caller's own thread. */
export function createSoloTeam(setup: TeamSetup): HistogramTeam {
  const member = createTeamMember(setup, 0);
  return { run: (phase) => member.run(phase), close: () => undefined };
}
