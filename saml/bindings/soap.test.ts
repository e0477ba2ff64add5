import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { limits } from '../limits.ts';
import { SamlRejection } from '../rejection.ts';
import { element } from '../xml/build.ts';
import { canonicalize } from '../xml/canonical.ts';
import { readXml } from '../xml/reader.ts';
import { readSoapMessage, soapHeaders, writeSoapFault, writeSoapMessage } from './soap.ts';

const read = (text: string) => readSoapMessage(readXml(Buffer.from(text), limits.message).root);
const codeOf = (text: string): unknown => {
  try {
    return read(text).local;
  } catch (error) {
    assert.ok(error instanceof SamlRejection);
    return [error.code, error.actual];
  }
};

suite('a SOAP envelope', () => {
  test('that is written is read, and what is in it is what was put in', () => {
    const text = writeSoapMessage(
      element({ namespace: 'urn:x', local: 'Message', prefix: 'x' }, { a: '<&>' }, ['<&>']),
    );
    assert.equal(
      text,
      '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><x:Message xmlns:x="urn:x" a="&lt;&amp;>">&lt;&amp;&gt;</x:Message></soap:Body></soap:Envelope>',
    );
    assert.equal(
      canonicalize(read(text), { method: 'exclusive' }),
      '<x:Message xmlns:x="urn:x" a="&lt;&amp;>">&lt;&amp;&gt;</x:Message>',
    );
  });

  test('may use another prefix, and none', () => {
    const uri = 'http://schemas.xmlsoap.org/soap/envelope/';
    assert.equal(codeOf(`<S:Envelope xmlns:S="${uri}"><S:Header/><S:Body><x/></S:Body></S:Envelope>`), 'x');
    assert.equal(codeOf(`<Envelope xmlns="${uri}"><Body><x xmlns=""/></Body></Envelope>`), 'x');
  });

  test('with a fault is refused with what the fault says', () => {
    assert.deepEqual(codeOf(writeSoapFault({ at: 'client', says: 'not a message' })), [
      'soap-fault',
      'soap:Client: not a message',
    ]);
    assert.deepEqual(codeOf(writeSoapFault({ at: 'server', says: 'later' })), [
      'soap-fault',
      'soap:Server: later',
    ]);
  });

  test('with a fault is written as SOAP 1.1 has it', () => {
    assert.equal(
      writeSoapFault({ at: 'client', says: '<&' }),
      '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><soap:Fault>' +
        '<faultcode>soap:Client</faultcode><faultstring>&lt;&amp;</faultstring></soap:Fault></soap:Body></soap:Envelope>',
    );
  });

  test('is sent with the headers the binding names', () => {
    assert.equal(soapHeaders.soapaction, '"http://www.oasis-open.org/committees/security"');
    assert.match(soapHeaders['content-type'], /^text\/xml/);
  });
});
