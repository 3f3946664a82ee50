import { expect, test } from 'vitest';
import { engineEnvironment } from '../../../engine/contract/engine-environment.ts';

test('an engine gets the environment of whoever starts it, and a C library that gives memory back', () => {
  expect(engineEnvironment({ HOME: '/home/a', UNSET: undefined })).toEqual({
    HOME: '/home/a',
    MALLOC_ARENA_MAX: '2',
    MALLOC_MMAP_THRESHOLD_: '1048576',
    MALLOC_TRIM_THRESHOLD_: '1048576',
  });
});

test('what the environment says of the C library stands', () => {
  expect(engineEnvironment({ MALLOC_ARENA_MAX: '8' })).toMatchObject({ MALLOC_ARENA_MAX: '8' });
});
