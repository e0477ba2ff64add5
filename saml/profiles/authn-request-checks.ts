import type { CompatibilitySwitch } from '../compatibility.ts';
import type { AuthnRequest } from '../messages/authn-request.ts';
import type { Comparison } from '../messages/requested-authn-context.ts';
import type { Scoping } from '../messages/scoping.ts';
import { bindings, nameIdFormats } from '../names.ts';
import type { Check } from './check.ts';

/**
 * What an identity provider can do for a request beside authenticating somebody and answering by HTTP POST. What is absent
 * it cannot, and a request that asks for it is refused; what it says it can do, it must then also do.
 */
export type Honours = {
  /** Comparisons of RequestedAuthnContext, which `chooseAuthnContext` makes; `exact` alone unless given. */
  comparisons?: readonly Comparison[];
  /** Authentication contexts asked for by declaration. */
  declarations?: boolean;
  /** Restrictions of who authenticates, which `judgeScoping` reads. */
  scoping?: boolean;
  /** A person named by the request: nobody else may then be signed in (saml-core 3.4.1.4). */
  subject?: boolean;
  /** NameID formats; emailAddress, persistent, transient and unspecified unless given. */
  nameIdFormats?: readonly string[];
  /** Bindings of the answer; HTTP POST alone unless given. HTTP Redirect is never one (saml-profiles 4.1.2). */
  responseBindings?: readonly string[];
};

/** A request with what was found out about its signature, beside what it is judged against. */
export type AuthnRequestFacts = {
  request: AuthnRequest;
  signature: 'verified' | 'not-checked' | 'absent';
  endpointUrls: readonly string[];
  honours: Honours;
  canDecrypt: boolean;
  allow: readonly CompatibilitySwitch[];
};

const usualNameIdFormats: readonly string[] = [
  nameIdFormats.persistent,
  nameIdFormats.emailAddress,
  nameIdFormats.unspecified,
  nameIdFormats.transient,
];

/** The bindings by which this identity provider answers. */
export function responseBindingsOf({ responseBindings = [bindings.httpPost] }: Honours): readonly string[] {
  return responseBindings.filter((binding) => binding !== bindings.httpRedirect);
}

/** The rules for a request, in the order they are applied (saml-core 3.4.1, saml-profiles 4.1.4.1). */
export const authnRequestChecks: readonly Check<AuthnRequestFacts>[] = [
  {
    code: 'request-destination-missing',
    against: ({ request, signature, allow }) =>
      signature === 'verified' && request.destination === undefined && !allow.includes('destination-optional')
        ? { expected: 'Destination' }
        : undefined,
  },
  {
    code: 'request-destination-mismatch',
    against: ({ request: { destination }, endpointUrls }) =>
      destination === undefined || endpointUrls.includes(destination)
        ? undefined
        : { expected: endpointUrls.join(' '), actual: destination },
  },
  {
    code: 'request-subject-present',
    against: ({ request, honours }) =>
      request.subject !== undefined && honours.subject !== true ? { expected: 'no Subject' } : undefined,
  },
  {
    code: 'request-subject-confirmation',
    against: ({ request: { subject } }) =>
      subject === undefined || subject.confirmationMethods.length === 0
        ? undefined
        : { expected: 'no SubjectConfirmation', actual: subject.confirmationMethods.join(' ') },
  },
  {
    code: 'request-subject-unidentified',
    against: ({ request: { subject }, canDecrypt }) => {
      if (subject === undefined || subject.nameId !== undefined) return undefined;
      if (subject.encryptedId === undefined) return { expected: 'NameID' };
      return canDecrypt ? undefined : { expected: 'NameID', actual: 'EncryptedID' };
    },
  },
  {
    code: 'request-scoping-unsupported',
    against: ({ request: { scoping }, honours }) => {
      const restrictions = scoping === undefined || honours.scoping === true ? [] : restrictionsOf(scoping);
      return restrictions.length === 0
        ? undefined
        : { expected: 'no proxying restrictions', actual: restrictions.join(' ') };
    },
  },
  {
    code: 'request-protocol-binding-unsupported',
    against: ({ request: { protocolBinding }, honours }) => {
      const answered = responseBindingsOf(honours);
      return protocolBinding === undefined || answered.includes(protocolBinding)
        ? undefined
        : { expected: answered.join(' '), actual: protocolBinding };
    },
  },
  {
    code: 'request-name-id-format-unsupported',
    against: ({ request: { nameIdPolicy }, honours: { nameIdFormats: issued = usualNameIdFormats } }) =>
      nameIdPolicy?.format === undefined || issued.includes(nameIdPolicy.format)
        ? undefined
        : { expected: issued.join(' '), actual: nameIdPolicy.format },
  },
  {
    code: 'request-authn-context-comparison',
    against: ({ request: { requestedAuthnContext }, honours: { comparisons = ['exact'] } }) =>
      requestedAuthnContext === undefined || comparisons.includes(requestedAuthnContext.comparison)
        ? undefined
        : { expected: comparisons.join(' '), actual: requestedAuthnContext.comparison },
  },
  {
    code: 'request-authn-context-declaration',
    against: ({ request: { requestedAuthnContext }, honours }) =>
      requestedAuthnContext?.declRefs === undefined || honours.declarations === true
        ? undefined
        : { expected: 'AuthnContextClassRef', actual: requestedAuthnContext.declRefs.join(' ') },
  },
];

/** An empty Scoping restricts nothing. */
function restrictionsOf({ proxyCount, idpList, requesterIds }: Scoping): string[] {
  return [
    ...(proxyCount === undefined ? [] : ['ProxyCount']),
    ...(idpList === undefined ? [] : ['IDPList']),
    ...(requesterIds.length === 0 ? [] : ['RequesterID']),
  ];
}
