#!/usr/bin/env node
/**
 * `npm run countersign -- <command>`: what an operator does beside the screens.
 * Commands: `plan <namespace> --sso on|off` (Perform), `docs` (prints the generated pages into docs/).
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runOperator, usage } from '@countersign/perform/operator.ts';
import { root } from './install.js';
import { generatedPages } from './pages.ts';

const [command, ...parameters] = process.argv.slice(2);
if (command === 'plan') {
  const { code, says } = await runOperator([command, ...parameters], process.env);
  (code === 0 ? console.log : console.error)(says);
  process.exitCode = code;
} else if (command === 'docs') {
  for (const [name, page] of Object.entries(generatedPages)) writeFileSync(join(root, 'docs', name), page());
} else {
  console.error(`Usage: npm run countersign -- ${usage}\n       npm run countersign -- docs`);
  process.exitCode = 2;
}
