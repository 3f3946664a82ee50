import { defineConfig } from '@playwright/test';
import { chromiumPath } from './tests/fixtures/screens/chromium.ts';

/** Pictures and measures are taken by scripts of their own: `npm run screenshots`, `scripts/measure-screens.ts`. */
const kind =
  process.env.AUSPEX_PICTURES !== undefined
    ? 'pictures'
    : process.env.AUSPEX_MEASURED_HOME !== undefined
      ? 'measures'
      : 'spec';

/** The screens in a real browser, through the loopback host: `npx playwright test [FILE]`. */
export default defineConfig({
  testDir: 'tests/screens',
  testMatch: `**/*.${kind}.ts`,
  outputDir: 'test-results',
  globalSetup: './tests/fixtures/screens/set-up.ts',
  fullyParallel: false,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: process.env.CI !== undefined,
  // A machine that does other work besides may be slower than any waiting time; the check says what took a second try.
  retries: process.env.CI === undefined ? 0 : 1,
  reporter: [['line']],
  use: {
    browserName: 'chromium',
    launchOptions: {
      ...(chromiumPath === undefined ? {} : { executablePath: chromiumPath }),
      // Some machines that run the check have no room for Chromium's own sandbox, and nothing foreign is opened here.
      chromiumSandbox: false,
    },
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
});
