import { decrypt, type Decryption } from '../encryption/decrypt.ts';
import { namespaces } from '../names.ts';
import type { XmlElement } from '../xml/tree.ts';
import { type NameId, readNameId } from './name-id.ts';

const nameIdName = { namespace: namespaces.assertion, local: 'NameID' };

/**
 * The NameID inside an EncryptedID (saml-core 2.2.4). The other identifiers that the schema lets it hold are refused.
 *
 * @throws SamlRejection with the codes of `decrypt`
 */
export function readEncryptedId(encryptedId: XmlElement, decryption: Decryption): NameId {
  return decrypt(encryptedId, nameIdName, decryption, ({ root }) => readNameId(root));
}
