import type { CancelSignal } from '../../../contract/domain.ts';
import { throwIfCancelled } from '../define-estimator.ts';
import { scanGeneral } from './general-scan.ts';
import {
  batchGradientBytes,
  batchRows,
  buildJob,
  jobHeader,
  jobSides,
  jobWords,
  partitionJob,
  shareStart,
  softmaxScales,
  type TreeLayout,
} from './layout.ts';
import { blockFeatures } from './wasm/histogram-kernels.ts';
import { instantiateKernels } from './wasm/kernels.ts';
import { splitResultBytes } from './wasm/scan-kernel.ts';
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

/** Most parts that a phase falls into. */
export const partLimit = 4095;

/** Threads that work on one memory. `run` answers when every part of the phase is done, or throws CANCELLED. */
export interface HistogramTeam {
  run(phase: TeamPhase): void;
  close(): void;
}

/** Supplied by the runtime, which knows how to start threads. Member 0 is the caller's own thread. */
export type TeamFactory = (setup: TeamSetup, signal: CancelSignal | undefined) => Promise<HistogramTeam>;

export interface TeamMember {
  /** How many parts the phase falls into now; the jobs must be written. */
  parts(phase: TeamPhase): number;
  run(phase: TeamPhase, part: number): void;
}

interface FeatureShare {
  readonly share: number;
  readonly blocks: number;
  /** Features [first, last). */
  readonly first: number;
  readonly last: number;
}

/**
 * The work of one thread. Every member runs this very code on whole numbers, so that who does a part changes no bit.
 * The member that has the signal stops them all.
 */
export function createTeamMember(setup: TeamSetup, thread: number, signal?: CancelSignal): TeamMember {
  const { layout } = setup;
  const { buffer } = setup.memory;
  const kernels = instantiateKernels(setup.module, setup.memory);
  const words = new Int32Array(buffer);
  const doubles = new Float64Array(buffer);
  const bytes = new Uint8Array(buffer);
  const header = layout.jobs / 4;
  const firstJob = header + jobHeader.words;
  const scratch = layout.scratch + thread * layout.scratchBytes;
  const twinScratch = layout.twinScratch + thread * layout.scratchBytes * 2;
  const gathered = layout.batches + thread * layout.batchBytes;
  const spare = layout.spare + thread * (Math.ceil((layout.rows * 4 + 64) / 64) * 64);

  function isStopped(): boolean {
    if (signal?.aborted) Atomics.store(words, header + jobHeader.stop, 1);
    return Atomics.load(words, header + jobHeader.stop) === 1;
  }

  /** The features of one of the shares that a job's features are taken in. */
  function featuresOf(share: number): FeatureShare {
    const shares = words[header + jobHeader.shares]!;
    const firstBlock = shareStart(share, shares, layout.blocks);
    const blocks = shareStart(share + 1, shares, layout.blocks) - firstBlock;
    const first = firstBlock * blockFeatures;
    return { share, blocks, first, last: Math.min(layout.features, first + blocks * blockFeatures) };
  }

  function build(job: number, features: FeatureShare): void {
    const at = firstJob + job * jobWords;
    const { first, last } = features;
    const [slot, otherSlot] = jobSides.map((side) => words[at + side.slot]!) as [number, number];
    const table = layout.featureTable;
    const isTwin = words[at + buildJob.twinGradients] !== 0;
    const featureBytes = layout.featureEntries * (isTwin ? 16 : 8);
    const entries = (isTwin ? twinScratch : scratch) + first * featureBytes;
    if (!addRows(at, features, entries)) return;
    if (isTwin) {
      kernels.moveTwins(slot, entries, table, first, last, otherSlot);
    } else {
      if (otherSlot !== 0) kernels.subtract(otherSlot, entries, table, first, last);
      if (slot !== 0) kernels.move(slot, entries, table, first, last);
      else bytes.fill(0, entries, entries + (last - first) * featureBytes);
    }
    if (words[at + jobSides[0].scan]) scan(job, features, 0);
    if (words[at + jobSides[1].scan]) scan(job, features, 1);
  }

  /** Adds the job's rows to the empty entries; false when told to stop. */
  function addRows(at: number, features: FeatureShare, entries: number): boolean {
    const { rowBytes, binBytes } = layout;
    const { blocks } = features;
    const bins = layout.rowBins + features.first * binBytes;
    const ownBytes = blocks * blockFeatures * binBytes;
    const first = words[at + buildJob.rows]!;
    const end = first + words[at + buildJob.count]! * 4;
    const gradients = words[at + buildJob.gradients]!;
    const twins = words[at + buildJob.twinGradients]!;
    const gatheredBins = gathered + batchRows * batchGradientBytes;
    const step = twins === 0 ? 8 : 16;
    for (let rows = first; rows < end; rows += 4 * batchRows) {
      if (isStopped()) return false;
      const count = Math.min(batchRows, (end - rows) / 4);
      kernels.gatherGradients(rows, count, gradients, gathered, step);
      if (twins !== 0) kernels.gatherGradients(rows, count, twins, gathered + 8, step);
      // Lists ascend, so that rows without a gap between the ends lie together already.
      const firstRow = words[rows / 4]!;
      const isTogether = words[rows / 4 + count - 1]! - firstRow === count - 1;
      const addUp = twins === 0 ? kernels.histogram : kernels.twinHistogram;
      if (isTogether) {
        addUp(count, bins + firstRow * rowBytes, rowBytes, blocks, entries, gathered);
      } else {
        kernels.gatherBins(rows, count, bins, rowBytes, ownBytes, gatheredBins);
        addUp(count, gatheredBins, ownBytes, blocks, entries, gathered);
      }
    }
    return true;
  }

  function scan(job: number, features: FeatureShare, which: 0 | 1): void {
    const at = firstJob + job * jobWords;
    const real = at / 2;
    const side = jobSides[which];
    const result = layout.results + ((job * 2 + which) * layout.shares + features.share) * splitResultBytes;
    const node = {
      slot: words[at + side.slot]!,
      mask: words[at + side.mask]!,
      gradient: words[at + side.gradient]!,
      hessian: words[at + side.hessian]!,
      minimum: doubles[real + side.doubles.minimum]!,
    };
    if (layout.general) {
      scanGeneral(buffer, layout, {
        ...node,
        settings: layout.general,
        gradientScale: doubles[real + side.doubles.gradientScale]!,
        hessianScale: doubles[real + side.doubles.hessianScale]!,
        low: doubles[real + side.doubles.low]!,
        high: doubles[real + side.doubles.high]!,
        firstFeature: features.first,
        lastFeature: features.last,
        result,
      });
      return;
    }
    kernels.scan(
      node.slot,
      layout.featureTable,
      features.first,
      features.last,
      node.mask,
      node.gradient,
      node.hessian,
      doubles[real + side.doubles.lambda]!,
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

  function softmax(share: number): void {
    const pairs = layout.outputBytes / 16;
    const first = shareStart(share, layout.shares, pairs);
    kernels.softmax(
      layout.scores + first * 16,
      layout.target + first * 16,
      layout.weights + first * 16,
      layout.gradients + first * 16,
      layout.softmaxes + share * layout.softmaxBytes,
      layout.outputBytes,
      layout.outputs,
      shareStart(share + 1, layout.shares, pairs) - first,
      doubles[layout.jobs / 8 + softmaxScales.gradient]!,
      doubles[layout.jobs / 8 + softmaxScales.hessian]!,
    );
  }

  /** How many pieces the phase's work has; a part is one of them, or, where they are many, every so manieth. */
  function pieces(phase: TeamPhase): number {
    if (phase === teamPhases.softmax) return layout.shares;
    const jobs = words[header + jobHeader.jobs]!;
    return phase === teamPhases.build ? jobs * words[header + jobHeader.shares]! : jobs;
  }

  function runPiece(phase: TeamPhase, piece: number): void {
    const shares = words[header + jobHeader.shares]!;
    if (phase === teamPhases.softmax) softmax(piece);
    else if (phase === teamPhases.partition) partition(piece);
    else build(Math.floor(piece / shares), featuresOf(piece % shares));
  }

  return {
    parts: (phase) => Math.min(pieces(phase), partLimit),
    run(phase, part) {
      const all = pieces(phase);
      for (let piece = part; piece < all; piece += partLimit) runPiece(phase, piece);
    },
  };
}

/** A team of one: the caller's own thread. */
export function createSoloTeam(setup: TeamSetup, signal: CancelSignal | undefined): HistogramTeam {
  const member = createTeamMember(setup, 0, signal);
  return {
    run(phase) {
      const parts = member.parts(phase);
      for (let part = 0; part < parts; part++) member.run(phase, part);
      throwIfCancelled(signal);
    },
    close: () => undefined,
  };
}
