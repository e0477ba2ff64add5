import { namespaces } from '../names.ts';
import { reject } from '../rejection.ts';
import { type BuiltElement, element } from '../xml/build.ts';
import { attributesOf, Content, textOf } from '../xml/content.ts';
import type { XmlElement } from '../xml/tree.ts';
import { type ForeignElement, writeForeignElement } from './foreign-element.ts';
import { requireValue } from './simple-types.ts';

/** How a request went (saml-core 3.2.2.1): the top-level code, then the codes nested in it, outermost first. */
export type Status = { code: string; subCodes: string[]; message?: string };

const { protocol } = namespaces;
const statusCode = { namespace: protocol, local: 'StatusCode' };

export function readStatus(status: XmlElement): Status {
  attributesOf(status, {});
  const content = new Content(status);
  const outermost = readCode(content.one(statusCode));
  const subCodes: string[] = [];
  for (let nested = outermost.nested; nested !== undefined; ) {
    const inner = readCode(nested);
    subCodes.push(inner.value);
    nested = inner.nested;
  }
  const message = content.optional({ namespace: protocol, local: 'StatusMessage' });
  // StatusDetail is opaque: any content, never read.
  content.optional({ namespace: protocol, local: 'StatusDetail' });
  content.end();
  return {
    code: outermost.value,
    subCodes,
    ...(message === undefined ? {} : { message: readMessage(message) }),
  };
}

function readCode(code: XmlElement): { value: string; nested: XmlElement | undefined } {
  const { Value } = attributesOf(code, { required: ['Value'] });
  const content = new Content(code);
  const nested = content.optional(statusCode);
  content.end();
  return { value: Value, nested };
}

function readMessage(message: XmlElement): string {
  attributesOf(message, {});
  return textOf(message);
}

/**
 * How a request went, to be written: `subCode` and then `subCodes` are nested in `code`, outermost first. `detail` is
 * what the two sides have agreed on beside the standard; no reader has to understand it (saml-core 3.2.2.4).
 */
export type WriteStatusInput = {
  code: string;
  subCode?: string;
  subCodes?: readonly string[];
  message?: string;
  detail?: readonly ForeignElement[];
};

/** More than anybody nests; a reader gives up at some depth. */
const mostSubCodes = 16;

/** Refuses with `xml-too-deep` more codes than are nested anywhere. */
export function writeStatus(status: WriteStatusInput): BuiltElement {
  const { code, subCode, subCodes = [], message, detail = [] } = status;
  const nested = [...(subCode === undefined ? [] : [subCode]), ...subCodes];
  if (nested.length > mostSubCodes) {
    reject('xml-too-deep', { expected: `at most ${mostSubCodes} nested codes`, actual: `${nested.length}` });
  }
  const innermost = nested.reduceRight<BuiltElement | undefined>(
    (inner, value) => samlp('StatusCode', { Value: requireValue(value, 'StatusCode/@Value') }, [inner]),
    undefined,
  );
  return samlp('Status', {}, [
    samlp('StatusCode', { Value: code }, [innermost]),
    message === undefined ? undefined : samlp('StatusMessage', {}, [message]),
    detail.length === 0 ? undefined : samlp('StatusDetail', {}, detail.map(writeForeignElement)),
  ]);
}

function samlp(
  local: string,
  attributes: Readonly<Record<string, string>>,
  children: readonly (BuiltElement | string | undefined)[],
): BuiltElement {
  return element({ namespace: protocol, local, prefix: 'samlp' }, attributes, children);
}
