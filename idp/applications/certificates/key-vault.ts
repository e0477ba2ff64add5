import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/**
 * Private keys at rest: AES-256-GCM under a key derived from the master key. What is stored is bound to the row it
 * belongs to, so a key cannot be moved to another application or organisation by editing the database.
 */
const form = 'v1';
const info = 'countersign: private keys at rest';

/**
 * @param masterKey 32 octets
 * @param row what the secret belongs to: tenant id and the row's own id
 * @returns `v1.<nonce>.<ciphertext and tag>`, base64url
 */
export function seal(
  masterKey: Uint8Array,
  row: { tenantId: string; id: string },
  secret: Uint8Array,
): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(masterKey), nonce).setAAD(boundTo(row));
  const sealed = Buffer.concat([cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
  return `${form}.${nonce.toString('base64url')}.${sealed.toString('base64url')}`;
}

/** @throws Error where the text was not sealed under this master key for this row */
export function unseal(masterKey: Uint8Array, row: { tenantId: string; id: string }, text: string): Buffer {
  const [version, nonce = '', sealed = '', ...rest] = text.split('.');
  if (version !== form || rest.length > 0) throw new Error('The stored key has an unknown form.');
  const octets = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', keyOf(masterKey), Buffer.from(nonce, 'base64url'), {
    authTagLength: 16,
  }).setAAD(boundTo(row));
  decipher.setAuthTag(octets.subarray(-16));
  try {
    return Buffer.concat([decipher.update(octets.subarray(0, -16)), decipher.final()]);
  } catch {
    throw new Error(
      'The stored key was not encrypted under this master key. Is COUNTERSIGN_MASTER_KEY right?',
    );
  }
}

function keyOf(masterKey: Uint8Array): Buffer {
  if (masterKey.length !== 32) throw new Error('The master key must have 32 octets.');
  return Buffer.from(hkdfSync('sha256', masterKey, '', info, 32));
}

function boundTo(row: { tenantId: string; id: string }): Buffer {
  return Buffer.from(`${row.tenantId}/${row.id}`);
}
