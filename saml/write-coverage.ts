/** Prints the catalogue of rules into the documentation: `node saml/write-coverage.ts`. */
import { writeFileSync } from 'node:fs';
import { coverageText } from './coverage.ts';

writeFileSync(new URL('../docs/saml-coverage.md', import.meta.url), coverageText());
