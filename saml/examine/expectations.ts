import type { KeyObject, X509Certificate } from 'node:crypto';
import type { ReceivedMessage } from '../bindings/received-message.ts';
import type { CompatibilitySwitch } from '../compatibility.ts';
import type { NameId } from '../messages/name-id.ts';
import type { MessageType } from './message-type.ts';

/** A message and what is known about it. An expectation that is absent is not checked, and `unchecked` says so. */
export type ExamineInput = {
  /** As it came. For XML without a binding, and for metadata: `{ binding: 'post', parameter, octets }`. */
  message: ReceivedMessage;
  /** Taken from the root element unless given. */
  type?: MessageType;
  /** The sender's. A response, and a logout message without its switch, is never accepted without one. */
  certificates: readonly X509Certificate[];
  /** The identity provider's entity ID: the issuer of responses. A logout message comes from either side; the other is unchecked. */
  idpEntityId?: string;
  /** The service provider's entity ID: the audience of assertions, the issuer of requests to authenticate. */
  audience?: string;
  /** The assertion consumer service URL; of other messages the address of the endpoint, which is their Destination. */
  acs?: string;
  /** The ID of the request that is answered; null where none may be. */
  inResponseTo?: string | null;
  /** Epoch milliseconds. */
  now: number;
  /** 0 to 180,000. */
  skewMilliseconds: number;
  /** RSA private keys of the service provider, tried in order. */
  decryptionKeys?: readonly KeyObject[];
  allow?: readonly CompatibilitySwitch[];
};

/** What can be expected of a message, in the order in which `unchecked` names it. */
const expectations = ['certificates', 'idpEntityId', 'audience', 'acs', 'inResponseTo'] as const;
export type Expectation = (typeof expectations)[number];

/** What an accepted message says. Members that its type does not have are absent. */
export type Examination = {
  type: MessageType;
  /** Who sent it; of metadata the entity ID, or the name of the group. */
  issuer: string | null;
  nameId?: NameId;
  audiences?: string[];
  attributes?: { name: string; nameFormat?: string; values: string[] }[];
  /** The first, where there are several; null where there is none. */
  sessionIndex?: string | null;
  /** How a logout went. */
  outcome?: 'success' | 'partial' | 'failed';
  /** What the verified signature covers; null where none was verified. */
  signed: 'assertion' | 'response' | 'both' | 'message' | 'query' | null;
  /** What was not held against anything, because it was not given or because this type of message has no place for it. */
  unchecked: Expectation[];
};

/** Everything that was not checked, in the order of the input. */
export function uncheckedBut(checked: ReadonlySet<Expectation>): Expectation[] {
  return expectations.filter((expectation) => !checked.has(expectation));
}

/** Whether something is expected here. A request answers nothing, so that it answers no request is true of each. */
export function givenOf(input: ExamineInput): Set<Expectation> {
  const given = new Set<Expectation>();
  if (input.certificates.length > 0) given.add('certificates');
  if (input.idpEntityId !== undefined) given.add('idpEntityId');
  if (input.audience !== undefined) given.add('audience');
  if (input.acs !== undefined) given.add('acs');
  if (input.inResponseTo !== undefined) given.add('inResponseTo');
  return given;
}

/** Whoever examines holds the keys and asks nobody else: there are no failures to count. */
export const noFailures = { recentDecryptionFailures: 0 } as const;

/** The exceptions of the peer. Where no address is expected, a message need not name one either. */
export function allowedIn({ allow = [], acs }: ExamineInput): CompatibilitySwitch[] {
  return acs === undefined ? [...allow, 'destination-optional'] : [...allow];
}
