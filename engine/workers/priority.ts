import { getPriority, setPriority } from 'node:os';

/**
 * On Linux a thread has a priority of its own: work gives way to whoever waits for an answer, the engine's own thread and
 * the screens. Elsewhere the call would slow the whole engine down.
 */
const workPriority = 5;

/** Lowers the priority of the calling thread. One that is low already stays: no ordinary user may raise it. */
export function giveWay(os: { get(): number; set(priority: number): void } = ofThread): void {
  try {
    if (os.get() < workPriority) os.set(workPriority);
  } catch {
    // Where a container forbids it, the work is done all the same.
  }
}

const ofThread = {
  get: () => getPriority(),
  set: (priority: number) => {
    setPriority(priority);
  },
};
