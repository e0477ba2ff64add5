import { namespaces } from '../names.ts';
import { type BuiltElement, element } from '../xml/build.ts';
import { attributesOf, Content, textOf } from '../xml/content.ts';
import type { XmlElement } from '../xml/tree.ts';

/** How a request went (saml-core 3.2.2.1): the top-level code, then the codes nested in it, outermost first. */
export type Status = { code: string; subCodes: string[]; message?: string };

const { protocol } = namespaces;

export function readStatus(status: XmlElement): Status {
  attributesOf(status, {});
  const content = new Content(status);
  const codes: string[] = [];
  let code: XmlElement | undefined = content.one({ namespace: protocol, local: 'StatusCode' });
  while (code !== undefined) {
    codes.push(attributesOf(code, { required: ['Value'] }).Value);
    const nested: Content = new Content(code);
    code = nested.optional({ namespace: protocol, local: 'StatusCode' });
    nested.end();
  }
  const message = content.optional({ namespace: protocol, local: 'StatusMessage' });
  // StatusDetail is opaque: any content, never read.
  content.optional({ namespace: protocol, local: 'StatusDetail' });
  content.end();
  const [top = '', ...subCodes] = codes;
  return { code: top, subCodes, ...(message === undefined ? {} : { message: readMessage(message) }) };
}

function readMessage(message: XmlElement): string {
  attributesOf(message, {});
  return textOf(message);
}

export function writeStatus(status: { code: string; subCode?: string; message?: string }): BuiltElement {
  const nested = status.subCode === undefined ? [] : [statusCode(status.subCode, [])];
  return element({ namespace: protocol, local: 'Status', prefix: 'samlp' }, {}, [
    statusCode(status.code, nested),
    ...(status.message === undefined
      ? []
      : [element({ namespace: protocol, local: 'StatusMessage', prefix: 'samlp' }, {}, [status.message])]),
  ]);
}

function statusCode(value: string, nested: BuiltElement[]): BuiltElement {
  return element({ namespace: protocol, local: 'StatusCode', prefix: 'samlp' }, { Value: value }, nested);
}
