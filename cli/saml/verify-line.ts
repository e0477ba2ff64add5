import { rules, SamlRejection } from '@countersign/saml';
import { type Examination, examineMessage } from '@countersign/saml/examine';
import { isBuildable, outlineOf } from './json-outline.ts';
import { jsonLine } from './show.ts';
import type { Line } from './split-lines.ts';
import { LineError, readFields } from './verify-fields.ts';

/** The base64 of the largest aggregate of metadata the engine reads fits in, and the keys beside it. */
export const longestLine = 144 * 1024 * 1024;

type Id = string | number | null;

/** Answers one line with one line of JSON, whatever it is. */
export function verifyLine(line: Line): string {
  let id: Id = null;
  try {
    const { given, repeated } = parse(line);
    if (repeated !== 'id') id = readId(given);
    if (repeated !== undefined)
      throw new LineError(`The field ${JSON.stringify(repeated.slice(0, 60))} occurs twice.`);
    return jsonLine(acceptance(id, examineMessage(readFields(given))));
  } catch (error) {
    if (error instanceof SamlRejection) return jsonLine(refusal(id, error));
    const says =
      error instanceof LineError ? error.message : 'The line cannot be judged: a fault of this program.';
    return jsonLine({ id, error: says });
  }
}

function parse(line: Line): { given: { id?: unknown }; repeated: string | undefined } {
  if (line === 'too-long') throw new LineError(`The line is longer than ${longestLine} octets.`);
  const text = decode(line);
  const outline = outlineOf(text);
  if (!isBuildable(outline)) throw new LineError('The line is nested too deeply or has too many members.');
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    throw new LineError(text.trim() === '' ? 'The line is empty.' : 'The line is not JSON.');
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new LineError('The line is not a JSON object.');
  return { given, repeated: outline.repeated };
}

function decode(line: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(line);
  } catch {
    throw new LineError('The line is not UTF-8.');
  }
}

function readId({ id }: { id?: unknown }): string | number {
  if (id === undefined) throw new LineError('id is missing.');
  if (typeof id === 'string') return id;
  // A larger number would come back as another one.
  if (typeof id === 'number' && Number.isFinite(id) && (!Number.isInteger(id) || Number.isSafeInteger(id)))
    return id;
  throw new LineError('id is neither a string nor a number that can be repeated exactly.');
}

function acceptance(id: Id, { type, attributes, ...said }: Examination): object {
  void type;
  return {
    id,
    accepted: true,
    ...said,
    ...(attributes === undefined
      ? {}
      : { attributes: attributes.map(({ name, values }) => ({ name, values })) }),
  };
}

function refusal(id: Id, { code, expected, actual }: SamlRejection): object {
  const { says, fixAt } = rules[code];
  return {
    id,
    accepted: false,
    code,
    says,
    fixAt,
    ...(expected === undefined ? {} : { expected }),
    ...(actual === undefined ? {} : { actual }),
  };
}
