import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { temporaryFolder } from '../../fixtures/temporary.ts';

const script = fileURLToPath(new URL('../../../scripts/serve.ts', import.meta.url));

/** `npm run serve` over an empty home, as a user starts it. */
async function program(given: { readonly home?: string } = {}) {
  await using resources = new AsyncDisposableStack();
  const folder = resources.use(temporaryFolder());
  const home = given.home ?? folder.join('home');
  mkdirSync(folder.join('screens'));
  writeFileSync(folder.join('screens', 'index.html'), 'the screens');
  const child = resources.adopt(
    spawn(process.execPath, [script, '--home', home, '--no-open', '--screens', folder.join('screens')], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, LANG: 'C' },
    }),
    async (running) => {
      if (running.exitCode !== null || running.signalCode !== null) return;
      running.kill('SIGTERM');
      await once(running, 'exit');
    },
  );
  let said = '';
  child.stderr.on('data', (part: Buffer) => (said += part.toString()));
  const [address] = (await Promise.race([
    once(createInterface(child.stdout), 'line'),
    once(child, 'exit').then(() => [`ended: ${said}`]),
  ])) as [string];
  const owned = resources.move();
  return {
    home,
    child: child as ChildProcess,
    address,
    said: () => said,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function enter(address: string) {
  const opened = await fetch(address, { redirect: 'manual' });
  return { origin: new URL(address).origin, cookie: opened.headers.get('set-cookie')!.split(';', 1)[0]! };
}

/** Asks the engine once; undefined while it is away. */
async function ask(
  { origin, cookie }: { origin: string; cookie: string },
  path: string,
  input: object,
): Promise<string | undefined> {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/rpc`, { origin, headers: { cookie } });
  try {
    await once(socket, 'open');
    socket.send(JSON.stringify({ i: '1', p: { u: path, b: { json: input } } }));
    const [message] = (await once(socket, 'message')) as [Buffer];
    return message.toString();
  } catch {
    return undefined;
  } finally {
    socket.terminate();
  }
}

const engineOf = (home: string): number =>
  (JSON.parse(readFileSync(`${home}/auspex.sqlite.writer.json`, 'utf8')) as { pid: number }).pid;

describe('the workstation served', () => {
  test('says its address, opens with it, and ends cleanly when it is told to', async () => {
    await using served = await program();
    const session = await enter(served.address);
    const page = await fetch(session.origin, { headers: { cookie: session.cookie } });
    expect(await page.text()).toBe('the screens');
    expect(statSync(`${served.home}/workstation.json`).mode & 0o077).toBe(0);
    served.child.kill('SIGTERM');
    expect(await once(served.child, 'exit')).toEqual([0, null]);
    expect(existsSync(`${served.home}/workstation.json`)).toBe(false);
  });

  test('gives a further address to the same command, which then ends', async () => {
    await using first = await program();
    await using second = await program({ home: first.home });
    expect(new URL(second.address).origin).toBe(new URL(first.address).origin);
    expect(second.address).not.toBe(first.address);
    expect((await enter(second.address)).cookie).toMatch(/=.{43}$/);
  });

  test('starts a fallen engine again at the same address, for the same session', async () => {
    await using served = await program();
    const session = await enter(served.address);
    await ask(session, '/settings/set', { key: 'backup.keep', value: 7 });
    const fallen = engineOf(served.home);
    process.kill(fallen, 'SIGKILL');
    let answer: string | undefined;
    while (answer === undefined) {
      await sleep(50);
      answer = await ask(session, '/settings/set', { key: 'backup.keep', value: 8 });
    }
    expect(answer).toContain('"value":8');
    expect(engineOf(served.home)).not.toBe(fallen);
    expect(served.said()).toContain('The engine ended by itself (SIGKILL)');
  });

  test('leaves no engine behind when it is killed itself', async () => {
    await using served = await program();
    const session = await enter(served.address);
    await ask(session, '/settings/set', { key: 'backup.keep', value: 7 });
    const engine = engineOf(served.home);
    served.child.kill('SIGKILL');
    await once(served.child, 'exit');
    const isAlive = () => {
      try {
        return process.kill(engine, 0);
      } catch {
        return false;
      }
    };
    while (isAlive()) await sleep(20);
    expect(await ask(session, '/system/about', {})).toBeUndefined();
  });

  test.each([
    ['--port', 'many'],
    ['--port', '70000'],
    ['--colour', 'red'],
  ])('refuses %s %s with how it is called', async (...options) => {
    const child = spawn(process.execPath, [script, ...options], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, LANG: 'C' },
    });
    let said = '';
    child.stderr.on('data', (part: Buffer) => (said += part.toString()));
    expect(await once(child, 'close')).toEqual([2, null]);
    expect(said).toContain('Usage: npm run serve');
  });
});
