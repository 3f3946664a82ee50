import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import type { EngineState } from '../../../engine/contract/desktop.ts';
import type { FromEngine, ToEngine } from '../../../engine/contract/engine-process.ts';
import { EngineSupervisor } from '../../../electron/main/engine-supervisor.ts';
import { RestartPolicy } from '../../../electron/main/restart-policy.ts';

class Child extends EventEmitter {
  readonly told: [ToEngine, readonly string[]][] = [];
  readonly kill = vi.fn(() => this.emit('exit', 9));
  postMessage(message: ToEngine, ports: readonly string[] = []): void {
    this.told.push([message, ports]);
  }
  ready(): void {
    this.emit('message', { kind: 'ready', folders: ['/home'] } satisfies FromEngine);
  }
}

function supervised() {
  let clock = 0;
  const timers: { at: number; act: () => void }[] = [];
  const children: Child[] = [];
  const states: EngineState[] = [];
  const said: FromEngine[] = [];
  const logged: string[] = [];
  const supervisor = new EngineSupervisor<string>({
    home: '/home',
    fork() {
      const child = new Child();
      children.push(child);
      return child;
    },
    now: () => clock,
    after(waitMs, act) {
      const timer = { at: clock + waitMs, act };
      timers.push(timer);
      return () => void timers.splice(timers.indexOf(timer), 1);
    },
    onState: (state) => states.push(state),
    onMessage: (message) => said.push(message),
    log: (message) => logged.push(message),
  });
  const pass = (ms: number): void => {
    clock += ms;
    for (const timer of timers.filter(({ at }) => at <= clock)) {
      timers.splice(timers.indexOf(timer), 1);
      timer.act();
    }
  };
  return { supervisor, children, states, said, logged, pass, engine: () => children.at(-1)! };
}

test('an engine that ends by itself is started again after 0.5, 1, 2, 4, … and at most 30 seconds', () => {
  const { supervisor, children, states, pass, engine } = supervised();
  supervisor.start();
  const waits = [];
  for (let start = 1; start <= 8; start++) {
    expect(children).toHaveLength(start);
    engine().emit('exit', 1);
    const state = states.at(-1)!;
    const waitMs = state.state === 'restarting' ? state.waitMs : 0;
    waits.push(waitMs);
    pass(waitMs - 1);
    expect(children).toHaveLength(start);
    pass(1);
  }
  expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
});

test('two ends within a minute lead to safe mode, which the analyst can leave', () => {
  const { supervisor, states, pass, engine } = supervised();
  const modes = (): unknown => (engine().told[0]![0] as { safeMode: boolean }).safeMode;
  supervisor.start();
  expect(modes()).toBe(false);
  engine().emit('exit', 1);
  pass(500);
  expect(modes()).toBe(false);
  engine().emit('exit', 1);
  pass(1000);
  expect(modes()).toBe(true);
  engine().ready();
  expect(states.at(-1)).toEqual({ state: 'ready', safeMode: true });
  supervisor.leaveSafeMode();
  pass(500);
  expect(modes()).toBe(false);
});

test('an engine that has run for a minute begins the waiting anew, without safe mode', () => {
  const policy = new RestartPolicy();
  expect(policy.ended(1000, 0)).toEqual({ waitMs: 500, safeMode: false, attempt: 1 });
  expect(policy.ended(70_000, 1500)).toEqual({ waitMs: 500, safeMode: false, attempt: 1 });
  expect(policy.ended(80_000, 71_000)).toEqual({ waitMs: 1000, safeMode: true, attempt: 2 });
});

test('ports asked for while there is no engine go to the next one, in their order', () => {
  const { supervisor, pass, engine } = supervised();
  const ports = (): string[] => engine().told.flatMap(([, given]) => given);
  supervisor.start();
  supervisor.connect('one');
  expect(ports()).toEqual([]);
  engine().ready();
  supervisor.connect('two');
  expect(ports()).toEqual(['one', 'two']);
  engine().emit('exit', 1);
  supervisor.connect('three');
  pass(500);
  engine().ready();
  expect(ports()).toEqual(['three']);
});

test('what an engine that is gone still says is not heard', () => {
  const { supervisor, children, said, pass, engine } = supervised();
  supervisor.start();
  engine().emit('exit', 1);
  pass(500);
  engine().ready();
  said.length = 0;
  children[0]!.emit('message', { kind: 'work', running: 1, queued: 0, fraction: null });
  children[0]!.emit('exit', 0);
  expect([said, supervisor.state.state]).toEqual([[], 'ready']);
});

test.each<{ message: unknown }>([
  { message: undefined },
  { message: 'ready' },
  { message: { kind: 'unknown' } },
  { message: { kind: 'work', running: -1 } },
  { message: { kind: 'secret', id: 1, operation: 'dump', name: 'all' } },
  { message: new Proxy({}, { get: () => 'ready' }) },
])('a message that is not understood is noted and changes nothing: %#', ({ message }) => {
  const { supervisor, said, logged, engine } = supervised();
  supervisor.start();
  engine().emit('message', message);
  expect([said, logged.length, supervisor.state.state]).toEqual([[], 1, 'starting']);
});

test('why an engine cannot start is shown while the next one is waited for', () => {
  const { supervisor, states, engine } = supervised();
  supervisor.start();
  engine().emit('message', { kind: 'failed', code: 'DATABASE_NEWER', message: 'made by a newer version' });
  engine().emit('exit', 1);
  expect(states.at(-1)).toEqual({ state: 'restarting', attempt: 1, waitMs: 500, reason: 'DATABASE_NEWER' });
});

test('stopping asks first, and ends the engine by force after five seconds', async () => {
  const { supervisor, states, pass, engine } = supervised();
  supervisor.start();
  engine().ready();
  const stopped = supervisor.stop();
  expect(engine().told.at(-1)![0]).toEqual({ kind: 'stop' });
  pass(4999);
  expect(engine().kill).not.toHaveBeenCalled();
  pass(1);
  expect(engine().kill).toHaveBeenCalledOnce();
  await stopped;
  expect(states.at(-1)).toEqual({ state: 'stopped' });
});

test('an engine that ends when it is asked to is not started again', async () => {
  const { supervisor, children, pass, engine } = supervised();
  supervisor.start();
  const stopped = supervisor.stop();
  engine().emit('exit', 0);
  await stopped;
  pass(120_000);
  supervisor.start();
  expect(children).toHaveLength(1);
  expect(engine().kill).not.toHaveBeenCalled();
});
