import { readAuthnRequestElement } from '../messages/authn-request.ts';
import { bindings, nameIdFormats, namespaces } from '../names.ts';
import { acceptAuthnRequest, readAuthnRequest } from '../profiles/accept-authn-request.ts';
import { readMessage } from '../profiles/receive-message.ts';
import {
  allowedIn,
  type ExamineInput,
  type Examination,
  givenOf,
  noFailures,
  uncheckedBut,
} from './expectations.ts';

const expected = {
  parameter: 'SAMLRequest',
  root: { namespace: namespaces.protocol, local: 'AuthnRequest' },
} as const;

/**
 * Everything an identity provider checks that needs no registered application and no abilities: which reply URLs are
 * registered is not known here, so the one asked for counts as such, and whatever can be asked for is taken as granted. The
 * signature is demanded where certificates are given.
 */
export function examineAuthnRequest(input: ExamineInput): Examination {
  const { message, certificates, audience, acs, inResponseTo } = input;
  const received = readAuthnRequest(message);
  const asked = readAuthnRequestElement(readMessage(message, expected).root);
  const { issuer, destination, assertionConsumerServiceUrl, assertionConsumerServiceIndex } = asked;
  const { nameIdPolicy, protocolBinding } = asked;
  const accepted = acceptAuthnRequest(
    received,
    {
      entityIds: [audience ?? issuer],
      replyUrls: [
        {
          url: assertionConsumerServiceUrl ?? '',
          ...(assertionConsumerServiceIndex === undefined ? {} : { index: assertionConsumerServiceIndex }),
          binding: protocolBinding ?? bindings.httpPost,
        },
      ],
      requestSignature: {
        required: certificates.length > 0,
        certificates: [...certificates],
        allow: allowedIn(input),
      },
      ...noFailures,
    },
    {
      endpointUrls: [acs ?? destination ?? ''],
      decryptionKeys: input.decryptionKeys ?? [],
      honours: {
        comparisons: ['exact', 'minimum', 'maximum', 'better'],
        declarations: true,
        scoping: true,
        subject: true,
        nameIdFormats: [nameIdPolicy?.format ?? nameIdFormats.unspecified],
        responseBindings: [protocolBinding ?? bindings.httpPost],
      },
    },
  );
  const checked = givenOf(input);
  checked.delete('idpEntityId');
  if (destination === undefined) checked.delete('acs');
  if (inResponseTo !== null) checked.delete('inResponseTo');
  return {
    type: 'AuthnRequest',
    ...(accepted.subject === undefined ? {} : { nameId: accepted.subject }),
    issuer: accepted.issuer,
    signed: accepted.signature !== 'verified' ? null : message.binding === 'redirect' ? 'query' : 'message',
    unchecked: uncheckedBut(checked),
  };
}
