/**
 * Makes a fresh checkout ready and starts it: `node scripts/bootstrap.mjs demo|start|serve|test|hooks [arguments]`.
 *
 * Plain JavaScript without a single import from outside Node, because it runs before anything is installed and on
 * any Node from 20.19 up. What it starts runs on Node 24, which comes with the packages.
 */
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const windows = process.platform === 'win32';
const binary = join(modules, 'node', 'bin', windows ? 'node.exe' : 'node');
const wantedMajor = '24';

/** A sentence for the person at the keyboard; shown without a stack. */
class SetUpError extends Error {}

/** The search path without this project's own `.bin`: npm must not run on the very Node that it replaces. */
function outsidePath() {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.startsWith(modules))
    .join(delimiter);
}

/**
 * Runs npm in silence, with one line on standard error (and a sign of life every ten seconds).
 * @param {string} purpose What is being done, as the reader is told.
 * @param {string[]} options npm's command and flags.
 * @returns {Promise<string | undefined>} What npm wrote when it failed; nothing when it succeeded.
 */
async function npm(purpose, options) {
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  process.stderr.write(`${purpose} ...\n`);
  const signOfLife = setInterval(() => process.stderr.write(`  ... ${seconds()} s\n`), 10_000);
  const child = spawn('npm', [...options, '--no-audit', '--no-fund', '--no-progress', '--loglevel=error'], {
    cwd: root,
    env: { ...process.env, PATH: outsidePath() },
    shell: windows,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  /** @type {Buffer[]} */
  const written = [];
  child.stdout.on('data', (part) => written.push(part));
  child.stderr.on('data', (part) => written.push(part));
  try {
    const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
    if (code === 0) {
      process.stderr.write(`  done in ${seconds()} s\n`);
      return undefined;
    }
    return Buffer.concat(written).toString('utf8').trim() || `npm ended with code ${code}`;
  } catch (error) {
    return `npm could not be started: ${String(error)}`;
  } finally {
    clearInterval(signOfLife);
  }
}

/** Whether npm's own record of what it installed agrees with the lock file. Optional packages may be absent. */
function packagesAreInstalled() {
  const recordPath = join(modules, '.package-lock.json');
  if (!existsSync(recordPath)) return false;
  const locked = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(recordPath, 'utf8')).packages;
  return Object.entries(locked).every(([path, wanted]) => {
    if (path === '') return true;
    const found = installed[path];
    if (found === undefined) return wanted.optional === true;
    return found.version === wanted.version && found.integrity === wanted.integrity;
  });
}

async function installPackages() {
  if (packagesAreInstalled()) return;
  const ci = ['ci', '--include=dev', '--prefer-offline'];
  if ((await npm('Installing the packages (once, about a minute)', ci)) === undefined) return;
  // The one script that matters only fetches Node, which has a second way below.
  const failure = await npm('Installing once more, without install scripts', [...ci, '--ignore-scripts']);
  if (failure === undefined) return;
  throw new SetUpError(`The packages could not be installed.\n${failure.split('\n').slice(-20).join('\n')}`);
}

/** @param {string} path @returns {boolean} Whether this file runs and is a Node of the wanted line. */
function isWantedNode(path) {
  if (!existsSync(path)) return false;
  const answer = spawnSync(path, ['--version'], { encoding: 'utf8' });
  return answer.status === 0 && answer.stdout.startsWith(`v${wantedMajor}.`);
}

/**
 * Fetches Node 24 as the package of this platform alone, for when the install script of `node` was not run,
 * and puts it where npm scripts look first.
 */
async function fetchRuntime() {
  const { version } = JSON.parse(readFileSync(join(modules, 'node', 'package.json'), 'utf8'));
  const family = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  const name = `${family}-${windows ? 'win' : process.platform}-${process.arch}`;
  const folder = join(modules, '.cache', 'node-runtime');
  mkdirSync(folder, { recursive: true });
  const failure = await npm(`Fetching Node ${version} (once)`, [
    'install',
    `${name}@${version}`,
    '--no-save',
    '--no-package-lock',
    '--prefer-offline',
    '--prefix',
    folder,
  ]);
  const fetched = join(folder, 'node_modules', name, 'bin', windows ? 'node.exe' : 'node');
  if (failure !== undefined || !isWantedNode(fetched)) {
    throw new SetUpError(
      `Node ${wantedMajor} could not be had from the package registry for ${process.platform} ${process.arch}; ` +
        `install Node ${wantedMajor} by other means and run this again with it.\n${failure ?? ''}`.trimEnd(),
    );
  }
  mkdirSync(dirname(binary), { recursive: true });
  rmSync(binary, { force: true });
  copyFileSync(fetched, binary);
  chmodSync(binary, 0o755);
  const link = join(modules, '.bin', 'node');
  if (!windows && !existsSync(link)) {
    mkdirSync(dirname(link), { recursive: true });
    rmSync(link, { force: true });
    symlinkSync('../node/bin/node', link);
  }
  rmSync(folder, { recursive: true, force: true });
}

/** @returns {Promise<string>} The Node 24 to run with: the installed one, else the one already running. */
async function findRuntime() {
  const running = existsSync(process.execPath) ? realpathSync(process.execPath) : undefined;
  const isRight = process.versions.node.startsWith(`${wantedMajor}.`);
  if (isRight && running === binary) return binary;
  if (isWantedNode(binary)) return binary;
  if (isRight && running !== undefined) return running;
  await fetchRuntime();
  return binary;
}

/**
 * @param {string} script Path from the project's root.
 * @param {string[]} options Passed on as they are.
 * @returns {Promise<number>} The script's exit code.
 */
async function start(script, options) {
  const runtime = await findRuntime();
  const child = spawn(runtime, [join(root, script), ...options], {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      PATH: [join(modules, '.bin'), dirname(runtime), outsidePath()].join(delimiter),
      // Compiled scripts are kept, which halves the start of every process and thread.
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(modules, '.cache', 'compile'),
    },
  });
  // The terminal interrupts the child too, which then ends in its own way and with its own code.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => resolve(code ?? 1));
  });
}

/** Switches the repository's own hooks on in a developer's checkout; never in the way of an installation. */
function enableHooks() {
  if (process.env.CI || !existsSync(join(root, '.git'))) return;
  const setting = spawnSync('git', ['config', 'core.hooksPath'], { cwd: root, encoding: 'utf8' });
  if (setting.error !== undefined || setting.stdout.trim() !== '') return;
  spawnSync('git', ['config', 'core.hooksPath', '.githooks'], { cwd: root });
}

/** @type {Readonly<Record<string, (options: string[]) => Promise<number>>>} */
const commands = {
  demo: async (options) => {
    await installPackages();
    return start('scripts/demo.ts', options);
  },
  start: async (options) => {
    await installPackages();
    return start('scripts/start.ts', options);
  },
  serve: async (options) => {
    await installPackages();
    return start('scripts/serve.ts', options);
  },
  test: async (options) => {
    await installPackages();
    return start('scripts/check.ts', options);
  },
  hooks: async () => {
    enableHooks();
    return 0;
  },
};

async function main() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new SetUpError(`Node 20.19 or newer is needed to set up; this is ${process.version}.`);
  }
  const [name = '', ...options] = process.argv.slice(2);
  const command = commands[name];
  if (command === undefined)
    throw new SetUpError('Usage: node scripts/bootstrap.mjs demo|start|serve|test|hooks');
  return command(options);
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof SetUpError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
