import { constants, type KeyObject, sign, verify, type X509Certificate } from 'node:crypto';
import { isCostly } from '../certificates.ts';
import type { CompatibilitySwitch } from '../compatibility.ts';
import { type SignatureAlgorithmName, signatureAlgorithms } from '../names.ts';
import { reject } from '../rejection.ts';

export type DigestHash = 'sha1' | 'sha256' | 'sha384' | 'sha512';
type Algorithm = {
  readonly hash: DigestHash;
  readonly options: object;
  readonly needs?: CompatibilitySwitch;
};
type Table = Partial<Record<SignatureAlgorithmName, Algorithm>>;

// PKCS #1 v1.5 is what Node does with a key of type `rsa` unless told otherwise; to tell it costs a quarter of a verification.
const rsa = {};
const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
// XML writes r and s side by side (XML Signature 1.1 section 6.4.3), not in ASN.1.
const ecdsa = { dsaEncoding: 'ieee-p1363' };

/**
 * Every accepted signature algorithm, keyed first by the type of the key, so that no message can talk a key into an
 * algorithm it is not for. There is no symmetric algorithm.
 */
const algorithms: Readonly<Record<'rsa' | 'ec', Table>> = {
  rsa: {
    'rsa-sha256': { hash: 'sha256', options: rsa },
    'rsa-sha384': { hash: 'sha384', options: rsa },
    'rsa-sha512': { hash: 'sha512', options: rsa },
    'rsa-pss-sha256': { hash: 'sha256', options: pss, needs: 'rsa-pss' },
    'rsa-pss-sha384': { hash: 'sha384', options: pss, needs: 'rsa-pss' },
    'rsa-pss-sha512': { hash: 'sha512', options: pss, needs: 'rsa-pss' },
    'rsa-sha1': { hash: 'sha1', options: rsa, needs: 'sha1-signature' },
  },
  ec: {
    'ecdsa-sha256': { hash: 'sha256', options: ecdsa },
    'ecdsa-sha384': { hash: 'sha384', options: ecdsa },
    'ecdsa-sha512': { hash: 'sha512', options: ecdsa },
  },
};

const namesByUri: ReadonlyMap<string, SignatureAlgorithmName> = new Map(
  Object.entries(signatureAlgorithms).map(([name, uri]) => [uri, name as SignatureAlgorithmName]),
);

const curves: ReadonlySet<string | undefined> = new Set(['prime256v1', 'secp384r1', 'secp521r1']);

/** Digest algorithms of a Reference (XML Signature 1.1 section 6.2). */
const digests: ReadonlyMap<string, { readonly hash: DigestHash; readonly needs?: CompatibilitySwitch }> =
  new Map([
    ['http://www.w3.org/2001/04/xmlenc#sha256', { hash: 'sha256' }],
    ['http://www.w3.org/2001/04/xmldsig-more#sha384', { hash: 'sha384' }],
    ['http://www.w3.org/2001/04/xmlenc#sha512', { hash: 'sha512' }],
    ['http://www.w3.org/2000/09/xmldsig#sha1', { hash: 'sha1', needs: 'sha1-digest' }],
  ]);

/** What is believed about one peer: its keys, which come from configuration only, and its named exceptions. */
export type PeerKeys = {
  readonly certificates: readonly X509Certificate[];
  readonly allow?: readonly CompatibilitySwitch[];
};

/** The key a message is signed with; `allow` names exceptions, as a peer that knows nothing newer may need. */
export type Signing = {
  readonly key: KeyObject;
  readonly certificate?: X509Certificate;
  readonly algorithm: SignatureAlgorithmName;
  readonly allow?: readonly CompatibilitySwitch[];
};

function isAllowed(
  needs: CompatibilitySwitch | undefined,
  allow: readonly CompatibilitySwitch[] | undefined,
): boolean {
  return needs === undefined || (allow ?? []).includes(needs);
}

/** The hash that a digest algorithm stands for; one that is unknown or not allowed is refused. */
export function digestHash(uri: string, allow?: readonly CompatibilitySwitch[]): DigestHash {
  const known = digests.get(uri);
  if (known === undefined || !isAllowed(known.needs, allow))
    reject('signature-digest-algorithm', { actual: uri });
  return known.hash;
}

/** Refuses unless one of the peer's keys made this signature over these octets. */
export function checkSignature(uri: string, octets: Uint8Array, signature: Uint8Array, peer: PeerKeys): void {
  const name = namesByUri.get(uri);
  const known = name === undefined ? undefined : (algorithms.rsa[name] ?? algorithms.ec[name]);
  if (name === undefined || known === undefined || !isAllowed(known.needs, peer.allow)) {
    reject('signature-algorithm', { actual: uri });
  }
  if (peer.certificates.length === 0) reject('signature-key-missing');
  const keys = peer.certificates.map(publicKey).filter((key) => algorithmFor(key, name) !== undefined);
  if (keys.length === 0) reject('signature-key-type', { actual: uri });
  const affordable = keys.filter(({ costly }) => !costly);
  if (affordable.length === 0) reject('certificate-key-costly');
  const strong = affordable.filter((key) => isStrong(key, peer.allow));
  if (strong.length === 0) reject('signature-key-weak');
  for (const { key } of strong) {
    if (verify(known.hash, octets, { key, ...known.options }, signature)) return;
  }
  reject('signature-invalid');
}

/** What the table needs to know of a key; Node reads it out of OpenSSL anew each time it is asked. */
type KnownKey = {
  key: KeyObject;
  type: string | undefined;
  curve: string | undefined;
  bits: number;
  exponent: bigint;
  costly: boolean;
};

const publicKeys = new WeakMap<X509Certificate, KnownKey>();
const knownKeys = new WeakMap<KeyObject, KnownKey>();

function publicKey(certificate: X509Certificate): KnownKey {
  const cached = publicKeys.get(certificate);
  if (cached !== undefined) return cached;
  const known = knownKey(certificate.publicKey);
  publicKeys.set(certificate, known);
  return known;
}

function knownKey(key: KeyObject): KnownKey {
  const cached = knownKeys.get(key);
  if (cached !== undefined) return cached;
  const { namedCurve, modulusLength = 0, publicExponent = 0n } = key.asymmetricKeyDetails ?? {};
  const known = {
    key,
    type: key.asymmetricKeyType,
    curve: namedCurve,
    bits: modulusLength,
    exponent: publicExponent,
    costly: isCostly(key),
  };
  knownKeys.set(key, known);
  return known;
}

function algorithmFor({ type, curve }: KnownKey, name: SignatureAlgorithmName): Algorithm | undefined {
  if (type === 'rsa') return algorithms.rsa[name];
  if (type === 'ec' && curves.has(curve)) return algorithms.ec[name];
  return undefined;
}

/** RSA below 2048 bits needs the switch; a public exponent of 1 would make every text its own signature. */
function isStrong(known: KnownKey, allow: readonly CompatibilitySwitch[] | undefined): boolean {
  if (known.type !== 'rsa') return true;
  const { bits, exponent } = known;
  return exponent >= 3n && (bits >= 2048 || (bits >= 1024 && isAllowed('rsa-1024', allow)));
}

/** The table's entry for a key that is about to sign; the same rules bind us that bind a peer. */
function checkSigning({ key, algorithm, allow }: Signing): Algorithm {
  const known = knownKey(key);
  const entry = algorithmFor(known, algorithm);
  if (entry === undefined) reject('signature-key-type', { actual: `${known.type} for ${algorithm}` });
  if (!isAllowed(entry.needs, allow)) reject('signature-algorithm', { actual: algorithm });
  if (known.costly) reject('certificate-key-costly');
  if (!isStrong(known, allow)) reject('signature-key-weak');
  return entry;
}

/** Signs on the thread pool, so that it takes the time of one core and not of the event loop. */
export function makeSignature(octets: Uint8Array, signing: Signing): Promise<Uint8Array> {
  const { hash: name, options } = checkSigning(signing);
  return new Promise((resolve, fail) => {
    sign(name, octets, { key: signing.key, ...options }, (error, signature) => {
      if (error) fail(error);
      else resolve(signature);
    });
  });
}

/** Signs at once, for the few octets of a redirect. */
export function makeSignatureNow(octets: Uint8Array, signing: Signing): Uint8Array {
  const { hash: name, options } = checkSigning(signing);
  return sign(name, octets, { key: signing.key, ...options });
}

/** The digest algorithm that goes with a signature algorithm: the same hash. */
export function digestFor(algorithm: SignatureAlgorithmName): { uri: string; hash: DigestHash } {
  const name = (algorithms.rsa[algorithm] ?? algorithms.ec[algorithm])?.hash;
  for (const [uri, { hash }] of digests) if (hash === name) return { uri, hash };
  throw new Error(`No digest goes with ${algorithm}.`);
}
