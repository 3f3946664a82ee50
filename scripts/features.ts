import { writeFileSync } from 'node:fs';
import { featureCatalogue } from '../engine/football/calculation/catalogue.ts';

/** Writes the catalogue of features, `docs/FEATURES.md`, from the definitions beside the code. */
writeFileSync(new URL('../docs/FEATURES.md', import.meta.url), featureCatalogue());
