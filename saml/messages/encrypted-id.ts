import { decrypt, type Decryption } from '../encryption/decrypt.ts';
import { namespaces } from '../names.ts';
import type { XmlElement } from '../xml/tree.ts';
import { type NameId, readNameId } from './name-id.ts';

const nameIdName = { namespace: namespaces.assertion, local: 'NameID' };

/**
 * The NameID inside an EncryptedID (saml-core 2.2.4). The other identifiers that the schema lets it hold are refused.
 *
 * A name has no signature of its own, so what is made of it later tells what it was: CBC that no signature covers is
 * refused here, also where a peer is allowed it for assertions.
 *
 * @throws SamlRejection with the codes of `decrypt`
 */
export function readEncryptedId(encryptedId: XmlElement, decryption: Decryption): NameId {
  const { allow = [] } = decryption;
  const how = { ...decryption, allow: allow.filter((name) => name !== 'cbc-unauthenticated') };
  return decrypt(encryptedId, nameIdName, how, ({ root }) => readNameId(root));
}
