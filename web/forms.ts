import type { FastifyInstance } from 'fastify';
import { HttpError } from './http-error.ts';

const fieldsAtMost = 100;

/**
 * Teaches a server to read `application/x-www-form-urlencoded` bodies, and no others, as a Map. A field given twice is refused:
 * two readers of one message must not be able to disagree about which one counts.
 */
export function registerForms(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => {
      try {
        done(null, readForm(String(body)));
      } catch (error) {
        done(error as Error);
      }
    },
  );
}

/**
 * @returns each field's value by its name
 * @throws HttpError 400 `repeated-field`, `too-many-fields` or `null-character`
 */
export function readForm(body: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(body)) {
    if (fields.has(name))
      throw new HttpError(400, 'repeated-field', `The form has the field ${JSON.stringify(name)} twice.`);
    // PostgreSQL keeps no NUL: asked about one it fails instead of finding nothing.
    if (value.includes('\0'))
      throw new HttpError(
        400,
        'null-character',
        `The form's field ${JSON.stringify(name)} has a null character.`,
      );
    if (fields.size >= fieldsAtMost)
      throw new HttpError(400, 'too-many-fields', 'The form has too many fields.');
    fields.set(name, value);
  }
  return fields;
}
