import { root, runTool } from './check/run-tool.ts';

/** Takes a picture of every screen (or those named), in both languages and themes: `npm run screenshots [-- NAME…]`. */
process.env.AUSPEX_PICTURES = process.argv.slice(2).join(',');
const { code, output } = await runTool('@playwright/test/cli.js', ['test', '--reporter=line']);
process.stdout.write(`${output}\n${code === 0 ? `Pictures are in ${root}/docs/images/screens.\n` : ''}`);
process.exitCode = code;
