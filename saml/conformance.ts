/** The operational modes of the conformance document (saml-conformance 3). */
const modes = ['IdP', 'IdP Lite', 'SP', 'SP Lite', 'ECP'] as const;
type Mode = (typeof modes)[number];
type Demand = 'must' | 'may' | 'must not' | '–';

/** Whether the engine does it; `partly` counts as missing. `why` says what is missing, or where it is shown. */
type Standing = { engine: 'met' | 'partly' | 'not met'; why: string };
type Feature = Standing & { feature: string; demands: readonly [Demand, Demand, Demand, Demand, Demand] };

const everywhere = ['must', 'must', 'must', 'must', '–'] as const;
const notInLite = ['must', 'must not', 'must', 'must not', '–'] as const;
const notInLiteMayForSp = ['must', 'must not', 'may', 'must not', '–'] as const;
const mayInLite = ['must', 'may', 'must', 'may', '–'] as const;

const noNameManagement = 'There are no ManageNameID messages.';
const noLogoutOverSoap = 'Logout messages go through the browser only; SOAP is there for artifacts.';

/** Operational modes: profiles and bindings (saml-conformance 3.1). */
export const features: readonly Feature[] = [
  {
    feature: 'Web single sign-on: AuthnRequest by HTTP Redirect',
    demands: everywhere,
    engine: 'met',
    why: '`saml/examples/sign-in.ts`, `saml/examples/signed-request.ts`',
  },
  {
    feature: 'Web single sign-on: Response by HTTP POST',
    demands: everywhere,
    engine: 'met',
    why: '`saml/examples/sign-in.ts`, `saml/examples/idp-initiated.ts`, `saml/examples/encryption.ts`',
  },
  {
    feature: 'Web single sign-on: Response by HTTP Artifact',
    demands: everywhere,
    engine: 'met',
    why: '`saml/examples/artifact.ts`; keeping the message until it is fetched is the caller’s',
  },
  {
    feature: 'Artifact resolution over SOAP',
    demands: everywhere,
    engine: 'met',
    why: '`saml/examples/artifact.ts`; HTTP and TLS are the caller’s',
  },
  {
    feature: 'Enhanced client or proxy single sign-on over PAOS',
    demands: ['must', 'must', 'must', 'must', 'must'],
    engine: 'not met',
    why: 'Neither PAOS nor the SOAP headers of the profile are read or written; it is for clients that are no browser.',
  },
  {
    feature: 'Name identifier management begun by the identity provider, HTTP Redirect',
    demands: notInLite,
    engine: 'not met',
    why: noNameManagement,
  },
  {
    feature: 'Name identifier management begun by the identity provider, SOAP',
    demands: notInLiteMayForSp,
    engine: 'not met',
    why: noNameManagement,
  },
  {
    feature: 'Name identifier management begun by the service provider, HTTP Redirect',
    demands: notInLite,
    engine: 'not met',
    why: noNameManagement,
  },
  {
    feature: 'Name identifier management begun by the service provider, SOAP',
    demands: notInLiteMayForSp,
    engine: 'not met',
    why: noNameManagement,
  },
  {
    feature: 'Single logout begun by the identity provider, HTTP Redirect',
    demands: everywhere,
    engine: 'met',
    why: '`saml/examples/logout-of-several.ts`, `saml/profiles/single-logout.test.ts`',
  },
  {
    feature: 'Single logout begun by the identity provider, SOAP',
    demands: mayInLite,
    engine: 'not met',
    why: noLogoutOverSoap,
  },
  {
    feature: 'Single logout begun by the service provider, HTTP Redirect',
    demands: everywhere,
    engine: 'met',
    why: '`saml/examples/logout.ts`, `saml/profiles/single-logout.test.ts`',
  },
  {
    feature: 'Single logout begun by the service provider, SOAP',
    demands: mayInLite,
    engine: 'not met',
    why: noLogoutOverSoap,
  },
  {
    feature: 'Identity provider discovery by the common domain cookie',
    demands: ['must', 'must', 'may', 'may', '–'],
    engine: 'not met',
    why: 'The cookie is neither read nor written; it needs a domain that both sides share.',
  },
];

type Other = Standing & { feature: string; demanded: string };

/** What the conformance document demands beyond the modes: extended modes, authorities, metadata, security. */
export const others: readonly Other[] = [
  {
    feature: 'Identity provider proxy: AuthnRequest with Scoping, HTTP Redirect',
    demanded: 'extended IdP and SP',
    engine: 'met',
    why: '`saml/examples/scoping.ts`; asking the other identity provider is the caller’s',
  },
  {
    feature: 'Name identifier mapping over SOAP',
    demanded: 'extended IdP and SP',
    engine: 'not met',
    why: 'There are no NameIDMapping messages.',
  },
  {
    feature:
      'Authentication query, attribute query, authorization decision query, assertion by ID, assertion by URI',
    demanded: 'authorities; requesters may',
    engine: 'not met',
    why: 'Assertions are issued for sign-in only.',
  },
  {
    feature: 'Metadata: its structures, and acting on them',
    demanded: 'who claims metadata',
    engine: 'partly',
    why: 'Entities and aggregates, signed, with times, keys and endpoints of both roles (`saml/examples/metadata.ts`); descriptions of authorities and affiliations are passed over.',
  },
  {
    feature: 'SOAP under HTTP Basic, TLS, and TLS with client certificates',
    demanded: 'who speaks SOAP',
    engine: 'partly',
    why: 'The transport is the caller’s; messages in SOAP are signed here, which needs none of them.',
  },
  {
    feature: 'XML Signature: exclusive canonicalization, RSA with SHA-1',
    demanded: 'all',
    engine: 'partly',
    why: 'A deviation on purpose: SHA-1 only by switch of one peer; RSA and ECDSA with SHA-256, 384 and 512, PSS by switch.',
  },
  {
    feature: 'XML Encryption: AES-CBC, Triple DES, RSA-OAEP, RSA 1.5',
    demanded: 'all',
    engine: 'partly',
    why: 'A deviation on purpose, as the Kantara profile asks: AES-GCM and RSA-OAEP always, AES-CBC by switch of one peer; Triple DES and RSA 1.5 do not exist.',
  },
];

/** What keeps a mode from being met: its demands that are not met, in their order. */
function missingIn(mode: Mode): string[] {
  const column = modes.indexOf(mode);
  return features.flatMap(({ feature, demands, engine }) => {
    const demand = demands[column];
    const isMissing = demand === 'must' ? engine !== 'met' : demand === 'must not' && engine !== 'not met';
    return isMissing ? [feature] : [];
  });
}

/** The modes and what stands for and against each, as a section in Markdown. */
export function conformanceText(): string[] {
  return [
    '## Conformance',
    '',
    'Our reading, not checked against the OASIS document. It is about the engine: what its functions can do. That a service offers it is another matter;',
    'of the above, the identity provider and Perform offer sign-in by HTTP Redirect and HTTP POST, and metadata.',
    '',
    `| feature | ${modes.join(' | ')} | the engine | why, or where it is shown |`,
    `|---|${modes.map(() => '---|').join('')}---|---|`,
    ...features.map(
      ({ feature, demands, engine, why }) => `| ${feature} | ${demands.join(' | ')} | ${engine} | ${why} |`,
    ),
    '',
    '| mode | met | what is missing |',
    '|---|---|---|',
    ...modes.map((mode) => {
      const missing = missingIn(mode);
      return `| ${mode} | ${missing.length === 0 ? 'yes' : 'no'} | ${missing.join('; ') || 'nothing'} |`;
    }),
    '',
    'Beyond the modes:',
    '',
    '| feature | demanded of | the engine | why, or where it is shown |',
    '|---|---|---|---|',
    ...others.map(
      ({ feature, demanded, engine, why }) => `| ${feature} | ${demanded} | ${engine} | ${why} |`,
    ),
    '',
  ];
}
