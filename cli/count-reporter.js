// A node:test reporter: one line a file, every failure in full, and the counts in the file COUNTERSIGN_TEST_COUNTS names.
import { appendFileSync } from 'node:fs';
import { relative } from 'node:path';
import { inspect } from 'node:util';

/** @param {AsyncIterable<import('node:test/reporters').TestEvent>} source */
export default async function* countReporter(source) {
  for await (const event of source) {
    if (
      event.type === 'test:fail' &&
      event.data.details.type !== 'suite' &&
      !isSubtestFailure(event.data.details.error)
    )
      yield `\nFAIL ${where(event.data)} ${event.data.name}\n${inspect(event.data.details.error.cause ?? event.data.details.error)}\n`;
    if (event.type === 'test:stderr') yield event.data.message;
    if (event.type === 'test:stdout' && process.env.COUNTERSIGN_TEST_VERBOSE) yield event.data.message;
    if (event.type === 'test:pass' && process.env.COUNTERSIGN_TEST_VERBOSE)
      yield `ok ${event.data.name} (${Math.round(event.data.details.duration_ms)} ms)\n`;
    if (event.type !== 'test:summary') continue;
    const { counts, duration_ms, file } = event.data;
    if (file)
      yield `  ${relative(process.cwd(), file)}: ${counts.passed} passed${counts.passed === counts.tests ? '' : ` of ${counts.tests}`}, ${Math.round(duration_ms)} ms\n`;
    else record(counts);
  }
}

/** @param {{ tests: number, passed: number, skipped: number, todo: number }} counts */
function record({ tests, passed, skipped, todo }) {
  const file = process.env.COUNTERSIGN_TEST_COUNTS;
  const out = skipped + todo;
  if (file)
    appendFileSync(file, `${JSON.stringify({ passed, failed: tests - passed - out, skipped: out })}\n`);
}

/** @param {unknown} error */
function isSubtestFailure(error) {
  return (
    typeof error === 'object' &&
    error !== null &&
    'failureType' in error &&
    error.failureType === 'subtestsFailed'
  );
}

/** @param {{ file?: string, line?: number }} data */
function where({ file, line }) {
  return file ? `${relative(process.cwd(), file)}:${line ?? 0}` : '';
}
