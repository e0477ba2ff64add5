// `npm run check`: types, format, lint, unused code, arrows. Plain JavaScript, see install.js.
import { continueIn, ensureInstalled } from './install.js';

ensureInstalled((line) => console.log(line));
await continueIn('cli/check.ts', process.argv.slice(2));
