// `npm start`: works on any Node from 20 on, in a fresh clone. Plain JavaScript, see install.js.
import { continueIn, ensureInstalled } from './install.js';

ensureInstalled((line) => console.log(line));
await continueIn('cli/run.ts', process.argv.slice(2));
