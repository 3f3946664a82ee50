import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { languages } from '../../engine/contract/domain.ts';
import { addressesOf, settled } from '../fixtures/screens/addresses.ts';
import { test } from '../fixtures/screens/workstation.ts';

/** Every screen in both languages and themes, into `docs/images/screens/`: `npm run screenshots [-- NAME]`. */
const folder = fileURLToPath(new URL('../../docs/images/screens/', import.meta.url));

for (const language of languages) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(() => {
      test.use({ language, colorScheme, expectsTrouble: true });

      test(`pictures, ${language}, ${colorScheme}`, async ({ page, workstation }) => {
        test.setTimeout(600_000);
        const wanted = process.env.AUSPEX_PICTURES?.split(',').filter((name) => name !== '') ?? [];
        await mkdir(folder, { recursive: true });
        for (const [name, path] of await addressesOf(workstation.client)) {
          if (wanted.length > 0 && !wanted.includes(name)) continue;
          await workstation.open(path);
          // A picture of what is there is worth more than none, and a screen that never settles shows in it.
          await settled(page).catch((error: unknown) => {
            process.stderr.write(`${name}: ${String(error)}\n`);
          });
          // What is worked out beside the screen, such as how often values were noise, belongs into its picture.
          await page.waitForTimeout(3000);
          await page.screenshot({ path: join(folder, `${name}-${language}-${colorScheme}.png`) });
        }
      });
    });
  }
}
