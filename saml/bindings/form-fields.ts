import { reject } from '../rejection.ts';

/**
 * Refuses a field that is no text: of one that stands in a form twice, or whose name goes on in brackets, web frameworks
 * make a list or an object.
 *
 * @throws SamlRejection `query-parameter-repeated`
 */
export function requireSingleFields(fields: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined && typeof value !== 'string') {
      reject('query-parameter-repeated', { expected: 'one text', actual: name });
    }
  }
}
