// `npm test`: everything, on both engines and in a browser. Plain JavaScript, see install.js.
import { continueIn, ensureInstalled } from './install.js';

ensureInstalled((line) => console.log(line));
await continueIn('cli/test.ts', process.argv.slice(2));
