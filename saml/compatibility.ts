/**
 * Deviations of real products that a peer may be allowed by name, each off unless the peer's configuration names it.
 * Naming one weakens that peer only; whoever stores the configuration records who allowed it, and when.
 */
export const compatibilitySwitches = {
  'sha1-signature':
    'RSA with SHA-1 as signature algorithm: AD FS before 2016, old Shibboleth and SimpleSAMLphp 1.x.',
  'sha1-digest': 'SHA-1 as digest algorithm: the same products, and OneLogin by default.',
  'rsa-1024': 'RSA keys from 1024 to 2047 bits: appliances with their factory certificate.',
  'rsa-pss':
    'RSASSA-PSS with MGF1 of the same digest and a salt of its length: Shibboleth 4 and later on request.',
  cbc: 'AES in CBC mode inside a signed message, counted: AD FS, Entra ID and Shibboleth 3 by default.',
  'cbc-unauthenticated':
    'AES in CBC mode that no signature covers, counted (needs `cbc` too): AD FS and Entra ID where only the assertion is signed.',
  'mgf1-follows-digest':
    'RSA-OAEP-MGF1P whose mask uses the hash of its digest, and digests named after XML Signature: the npm package xml-encryption (Auth0, samlify).',
  'inherited-namespaces':
    'Encrypted elements that use prefixes declared around them: old OpenSAML, products that encrypt text cut out of the message.',
  'signature-last': 'The signature as the last child of its element, in responses: Auth0 before 2017.',
  'id-not-ncname': 'IDs that start with a digit or contain a colon: SecureWorks, some .NET products.',
  'nested-assertions':
    'Assertions inside the Advice of another, which are never read, nor are their signatures verified: proxies that pass on what they were told.',
  'empty-attribute-statement':
    'An AttributeStatement without attributes: AWS IAM Identity Center where none is mapped, as it is by default.',
  'audience-optional': 'An assertion for no audience in particular: early custom identity providers.',
  'destination-optional':
    'A signed message without Destination: the logout of Entra ID as documented, SimpleSAMLphp 1.x, custom identity providers.',
  'recipient-optional': 'A bearer confirmation without Recipient: custom identity providers.',
  'unsigned-artifact':
    'ArtifactResolve and ArtifactResponse without a signature, left to TLS: Shibboleth and SimpleSAMLphp between services that know each other by certificate.',
  'unsigned-logout':
    'Logout messages without a signature: old SimpleSAMLphp and OneLogin clients, node-saml as configured by default.',
  'bearer-not-before': 'NotBefore on a bearer confirmation: SecureWorks, some CA SiteMinder releases.',
  'base64-pem':
    'Certificates of metadata in PEM, as they are or in base64 once more: OneLogin, metadata put together by hand.',
} as const;

/** Name of a deviation that a peer's configuration may allow. */
export type CompatibilitySwitch = keyof typeof compatibilitySwitches;
