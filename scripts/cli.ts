import { enableCompileCache } from 'node:module';

// Halves the time to the first answer; worker threads find the same cache by the variable.
const { directory } = enableCompileCache();
if (directory) process.env.NODE_COMPILE_CACHE ??= directory;

const { runCommandLine } = await import('./cli/program.ts');
process.exitCode = await runCommandLine(process.argv.slice(2));
