import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { contentPolicy } from '../../engine/contract/content-policy.ts';
import { fileOf, registerAppScheme, serveApp } from '../../electron/main/app-protocol.ts';
import { guardNavigation, isOwn } from '../../electron/main/navigation-guard.ts';
import { mayOpenOutside } from '../../electron/main/outside.ts';
import { guardPermissions } from '../../electron/main/permission-guard.ts';
import { webPreferences } from '../../electron/main/web-preferences.ts';
import { app, createSession, FakeContents, protocol, shell } from '../fixtures/electron.ts';
import { temporaryFolder } from '../fixtures/temporary.ts';

vi.mock('electron', () => import('../fixtures/electron.ts'));

beforeEach(() => {
  app.removeAllListeners();
  shell.openExternal.mockClear();
});

describe('a page', () => {
  test('runs in a sandbox, apart from the preload script, without Node and with the web’s own security', () => {
    expect(webPreferences('/preload.cjs')).toEqual({
      preload: '/preload.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: false,
      plugins: false,
    });
  });

  test('has an origin of its own that is secure and may not pass over the content policy', () => {
    registerAppScheme();
    const [[[{ scheme, privileges }]]] = protocol.registerSchemesAsPrivileged.mock.calls as [
      [[{ scheme: string; privileges: Record<string, boolean> }]],
    ];
    expect(scheme).toBe('app');
    expect(privileges).toMatchObject({ standard: true, secure: true });
    expect(privileges).not.toHaveProperty('bypassCSP');
    expect(privileges).not.toHaveProperty('allowServiceWorkers');
  });
});

describe('app://auspex', () => {
  const home = temporaryFolder();
  afterAll(() => {
    home[Symbol.dispose]();
  });
  const folder = home.path;
  const screens = join(folder, 'renderer');
  mkdirSync(join(screens, 'assets'), { recursive: true });
  writeFileSync(join(screens, 'index.html'), '<meta property="csp-nonce" nonce="__CSP_NONCE__">');
  writeFileSync(join(screens, 'assets', 'a.js'), 'export {};');
  writeFileSync(join(screens, 'assets', 'b.exe'), 'MZ');
  writeFileSync(join(folder, 'secret.json'), '{}');
  const session = createSession();
  serveApp(session as never, screens);
  const ask = (address: string, method = 'GET'): Promise<Response> =>
    session.decided.app!({ url: address, method } as never) as Promise<Response>;

  test('answers with the page under the shared content policy, with a nonce that is new each time', async () => {
    const [one, two] = await Promise.all([ask('app://auspex/'), ask('app://auspex/index.html')]);
    const nonces = await Promise.all(
      [one, two].map(async (page) => /nonce="(.+)"/.exec(await page.text())![1]!),
    );
    expect(new Set(nonces).size).toBe(2);
    expect(one.headers.get('Content-Security-Policy')).toBe(contentPolicy({ nonce: nonces[0]! }));
    expect(one.headers.get('Content-Security-Policy')).not.toMatch(/unsafe|data:|https?:|\*/);
    expect(one.headers.get('X-Content-Type-Options')).toBe('nosniff');
  });

  test('answers with a file as what it is, under the policy that allows nothing', async () => {
    const file = await ask('app://auspex/assets/a.js');
    expect([file.status, file.headers.get('Content-Type')]).toEqual([200, 'text/javascript; charset=utf-8']);
    expect(file.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
  });

  test.each([
    'app://auspex/../secret.json',
    'app://auspex/%2e%2e/secret.json',
    'app://auspex/..%2fsecret.json',
    'app://auspex/assets/..%5c..%5csecret.json',
    'app://auspex/%00/index.html',
    'app://auspex/%E0%A4%A',
    'app://other/index.html',
    'app://auspex:80@other/index.html',
    'file:///etc/passwd',
    'app://auspex/assets/b.exe',
    'app://auspex/assets',
    'app://auspex/missing.js',
  ])('has nothing at %s', async (address) => {
    expect((await ask(address)).status).toBe(404);
  });

  test('is read only', async () => {
    expect((await ask('app://auspex/', 'POST')).status).toBe(405);
  });

  test('gives a neighbour folder of a similar name no way in', () => {
    expect(fileOf('app://auspex/../renderer-old/a.js', screens)).toBe(join(screens, 'renderer-old', 'a.js'));
    expect(fileOf('app://auspex/..%2frenderer-old/a.js', screens)).toBeUndefined();
  });
});

describe('navigation', () => {
  function guarded(): FakeContents {
    guardNavigation(app as never);
    const contents = new FakeContents();
    app.emit('web-contents-created', {}, contents);
    return contents;
  }
  const goes = (contents: FakeContents, event: string, details: Record<string, unknown>): boolean => {
    const preventDefault = vi.fn();
    contents.emit(event, { ...details, preventDefault });
    return preventDefault.mock.calls.length === 0;
  };

  test.each(['will-navigate', 'will-redirect'])('%s leads to our own page alone', (event) => {
    const contents = guarded();
    expect(goes(contents, event, { url: 'app://auspex/#/today' })).toBe(true);
    for (const url of [
      'https://example.com/',
      'http://127.0.0.1:1/',
      'file:///etc/passwd',
      'app://auspex.evil/',
      'app://evil@auspex/',
      'javascript:alert(1)',
      'data:text/html,x',
      'blob:app://auspex/1',
      'about:blank',
      '',
    ])
      expect(goes(contents, event, { url }), url).toBe(false);
  });

  test('a frame shows what the page itself has made, and nothing else', () => {
    const contents = guarded();
    const frame = (url: string): boolean =>
      goes(contents, 'will-frame-navigate', { url, isMainFrame: false });
    expect([frame('about:srcdoc'), frame('blob:app://auspex/1')]).toEqual([true, true]);
    expect([frame('https://example.com/'), frame('blob:https://example.com/1')]).toEqual([false, false]);
    expect(goes(contents, 'will-frame-navigate', { url: 'about:srcdoc', isMainFrame: true })).toBe(false);
  });

  test('no page is put into a page', () => {
    expect(goes(guarded(), 'will-attach-webview', {})).toBe(false);
  });

  test('no window is opened: a known https host goes to the browser, everything else nowhere', () => {
    const contents = guarded();
    expect(contents.windowOpenHandler!({ url: 'https://github.com/a/b' })).toEqual({ action: 'deny' });
    expect(contents.windowOpenHandler!({ url: 'https://evil.example/' })).toEqual({ action: 'deny' });
    expect(shell.openExternal.mock.calls).toEqual([['https://github.com/a/b', { activate: true }]]);
  });

  test.each([
    'http://github.com/',
    'https://github.com.evil.example/',
    'https://evilgithub.com/',
    'https://user@github.com/',
    'https://github.com:8443/',
    'file:///usr/bin/xterm',
    'smb://github.com/share',
    'ms-msdt:/id PCWDiagnostic',
    'javascript:alert(1)',
    'https://github.com\\@evil.example/',
    '//github.com/',
    '',
  ])('%s is not opened outside', (address) => {
    expect(mayOpenOutside(address)).toBe(false);
  });

  test('a host below a known one is opened outside', () => {
    expect(mayOpenOutside('https://www.football-data.co.uk/mmz4281/2526/E0.csv')).toBe(true);
  });

  test('an address of our own names our scheme and host, and nobody before it', () => {
    expect(['app://auspex/', 'app://auspex/#/x', 'app://auspex'].map(isOwn)).toEqual([true, true, true]);
    expect(['app://auspex@x/', 'app://x/auspex', 'appx://auspex/', 'auspex'].map(isOwn)).not.toContain(true);
  });
});

describe('powers', () => {
  const session = createSession();
  guardPermissions(session as never);
  const own = { getURL: () => 'app://auspex/' };

  test.each([
    ...['media', 'geolocation', 'notifications', 'midi', 'pointerLock', 'fullscreen', 'openExternal'],
    ...['clipboard-read', 'fileSystem', 'hid', 'serial', 'usb', 'idle-detection', 'unknown'],
  ])('%s is refused, even to our own page', (permission) => {
    const decide = vi.fn();
    session.decided.request!(...([own, permission, decide] as never[]));
    expect(decide).toHaveBeenCalledWith(false);
    expect(session.decided.check!(...([own, permission, 'app://auspex'] as never[]))).toBe(false);
  });

  test('writing to the clipboard is granted to our own page alone', () => {
    const decide = vi.fn();
    session.decided.request!(...([own, 'clipboard-sanitized-write', decide] as never[]));
    session.decided.request!(
      ...([{ getURL: () => 'https://x.example/' }, 'clipboard-sanitized-write', decide] as never[]),
    );
    expect(decide.mock.calls).toEqual([[true], [false]]);
  });

  test('devices, pairing and pictures of the screen are refused', () => {
    const [pair, display] = [vi.fn(), vi.fn()];
    expect(session.decided.device!()).toBe(false);
    session.decided.bluetooth!(...([{}, pair] as never[]));
    session.decided.display!(...([{}, display] as never[]));
    expect(pair).toHaveBeenCalledWith({ confirmed: false });
    expect(display).toHaveBeenCalledWith({});
  });

  test('a page reaches no network', () => {
    const cancelled = (url: string): boolean => {
      const decide = vi.fn<(answer: { cancel: boolean }) => void>();
      session.decided.network!(...([{ url }, decide] as never[]));
      return decide.mock.calls[0]![0].cancel;
    };
    expect(
      ['app://auspex/assets/a.js', 'blob:app://auspex/1', 'devtools://devtools/x'].map(cancelled),
    ).toEqual([false, false, false]);
    for (const url of ['https://example.com/', 'ws://127.0.0.1/', 'file:///etc/passwd', 'blob:https://a/1'])
      expect(cancelled(url), url).toBe(true);
  });
});
