/**
 * A message as it came through a binding: decoded, not yet read, and trusted for nothing.
 *
 * `octets` are the XML octets. `relayState` is what the peer sent, opaque. `redirectSignature` is present when the
 * query carried SigAlg and Signature; `signedOctets` are the octets of the query exactly as received (saml-bindings 3.4.4.1).
 * By artifact the octets are the SOAP envelope that answered the ArtifactResolve, and `resolution` says what was asked.
 */
export type ReceivedMessage = {
  binding: 'redirect' | 'post' | 'artifact';
  parameter: 'SAMLRequest' | 'SAMLResponse';
  octets: Uint8Array;
  relayState?: string;
  redirectSignature?: RedirectSignature;
  resolution?: ArtifactResolution;
};

/** What a signed query carries (saml-bindings 3.4.4.1); `algorithm` is an identifier that nobody has judged yet. */
export type RedirectSignature = { algorithm: string; signature: Uint8Array; signedOctets: Uint8Array };

/** Whose artifact was resolved, as `artifactSourceId` says it, and the ID of the ArtifactResolve (saml-core 3.5). */
export type ArtifactResolution = { sourceId: string; requestId: string };
