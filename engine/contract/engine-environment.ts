type Environment = Readonly<Record<string, string | undefined>>;

/**
 * How the C library of Linux (glibc; others do not read it) keeps what it was given back. By itself it has an arena for
 * every thread and learns to keep larger and larger blocks; what a stage frees then stays with the engine and the next
 * stage takes more. See docs/PERFORMANCE.md for what it saves.
 */
const memorySettings = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '1048576',
  MALLOC_TRIM_THRESHOLD_: '1048576',
} as const;

/** The environment to start an engine's process in: the given one, and tidy memory unless it says otherwise. */
export function engineEnvironment(environment: Environment): Record<string, string> {
  const given = Object.entries(environment).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  return { ...memorySettings, ...(Object.fromEntries(given) as Record<string, string>) };
}
