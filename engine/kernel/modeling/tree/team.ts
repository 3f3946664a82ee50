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

/** The work that a team does together. Each phase falls into parts that any member may do, in any order. */
export const teamPhases = { build: 1, partition: 2, softmax: 3 } as const;
export type TeamPhase = (typeof teamPhases)[keyof typeof teamPhases];

/** Bins beyond this size are fetched ahead of their use. */
const cacheBytes = 8 << 20;

/** Most parts that a phase falls into. */
const partLimit = 255;

/** Threads that work on one memory. `run` answers when every part of the phase is done. */
export interface HistogramTeam {
  run(phase: TeamPhase): void;
  close(): void;
}

/** Supplied by the runtime, which knows how to start threads. Member 0 is the caller's own thread. */
export type TeamFactory = (setup: TeamSetup) => Promise<HistogramTeam>;

export interface TeamMember {
  /** How many parts the phase falls into now; the jobs must be written. */
  parts(phase: TeamPhase): number;
  run(phase: TeamPhase, part: number): void;
}

/** The work of one thread. Every member runs this very code on whole numbers, so that who does a part changes no bit. */
export function createTeamMember(setup: TeamSetup, thread: number): TeamMember {
  const { layout } = setup;
  const { buffer } = setup.memory;
  const kernels = instantiateKernels(setup.module, setup.memory);
  const words = new Int32Array(buffer);
  const doubles = new Float64Array(buffer);
  const bytes = new Uint8Array(buffer);
  const blockBytes = 2 * blockFeatures;
  const far = layout.rows * layout.rowBytes > cacheBytes ? 1 : 0;
  const firstJob = (layout.jobs + 128) / 4;
  const spare = layout.spare + thread * (Math.ceil((layout.rows * 4 + 64) / 64) * 64);

  function build(job: number, part: number): void {
    const firstBlock = layout.partBlocks[part]!;
    const lastBlock = layout.partBlocks[part + 1]!;
    const [from, until] = layout.partBytes[part]!;
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
      far,
    );
    if (largeSlot !== 0) kernels.subtract(largeSlot + from, layout.scratch + from, until - from);
    if (smallSlot !== 0) kernels.move(smallSlot + from, layout.scratch + from, until - from);
    else bytes.fill(0, layout.scratch + from, layout.scratch + until);
    if (words[at + buildJob.scanSmall]) scan(job, part, 0);
    if (words[at + buildJob.scanLarge]) scan(job, part, 1);
  }

  function scan(job: number, part: number, side: 0 | 1): void {
    const firstFeature = layout.partBlocks[part]! * blockFeatures;
    const lastFeature = Math.min(layout.partBlocks[part + 1]! * blockFeatures, layout.features);
    const at = firstJob + job * jobWords;
    const real = at / 2;
    const result = layout.results + ((job * 2 + side) * layout.parts + part) * splitResultBytes;
    const slot = words[at + (side === 0 ? buildJob.smallSlot : buildJob.largeSlot)]!;
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
    words[at + partitionJob.left] = kernels.partition(
      words[at + partitionJob.rows]!,
      words[at + partitionJob.count]!,
      words[at + partitionJob.column]!,
      words[at + partitionJob.splitBin]!,
      words[at + partitionJob.leftBin]!,
      spare,
    );
  }

  function softmax(part: number): void {
    const first = layout.partPairs[part]!;
    kernels.softmax(
      layout.scores + first * 16,
      layout.target + first * 16,
      layout.weights + first * 16,
      layout.gradients + first * 16,
      layout.shares + part * layout.sharesBytes,
      layout.outputBytes,
      layout.outputs,
      layout.partPairs[part + 1]! - first,
      doubles[layout.jobs / 8 + softmaxScales.gradient]!,
      doubles[layout.jobs / 8 + softmaxScales.hessian]!,
    );
  }

  function partitionParts(): number {
    return layout.threads === 1 ? 1 : Math.min(words[layout.jobs / 4]!, partLimit);
  }

  return {
    parts: (phase) => (phase === teamPhases.partition ? partitionParts() : layout.parts),
    run(phase, part) {
      const jobs = words[layout.jobs / 4]!;
      if (phase === teamPhases.softmax) softmax(part);
      else if (phase === teamPhases.build) for (let job = 0; job < jobs; job++) build(job, part);
      else for (let job = part; job < jobs; job += partitionParts()) partition(job);
    },
  };
}

/** A team of one: the caller's own thread. */
export function createSoloTeam(setup: TeamSetup): HistogramTeam {
  const member = createTeamMember(setup, 0);
  return {
    run(phase) {
      const parts = member.parts(phase);
      for (let part = 0; part < parts; part++) member.run(phase, part);
    },
    close: () => undefined,
  };
}
