/** What a request to authenticate asks for (saml-core 3.4.1). */
export type AuthnRequest = {
  id: string;
  /** Epoch milliseconds. */
  issueInstant: number;
  issuer: string;
  destination?: string;
  assertionConsumerServiceUrl?: string;
  assertionConsumerServiceIndex?: number;
  protocolBinding?: string;
  forceAuthn: boolean;
  isPassive: boolean;
  nameIdPolicy?: NameIdPolicy;
  requestedAuthnContext?: RequestedAuthnContext;
  hasSubject: boolean;
  providerName?: string;
};

export type NameIdPolicy = { format?: string; spNameQualifier?: string; allowCreate?: boolean };

export type RequestedAuthnContext = {
  comparison: 'exact' | 'minimum' | 'maximum' | 'better';
  classRefs: string[];
};
