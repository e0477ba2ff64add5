import { namespaces } from '../names.ts';
import { type BuiltElement, element } from '../xml/build.ts';
import { attributesOf, Content } from '../xml/content.ts';
import type { XmlElement } from '../xml/tree.ts';
import { booleanOf } from './simple-types.ts';

/**
 * Which name of the person the service provider would like (saml-core 3.4.1.1). `spNameQualifier` is another service
 * provider or an affiliation in whose namespace the name is to be; without `allowCreate` no new name may be made.
 */
export type NameIdPolicy = { format?: string; spNameQualifier?: string; allowCreate?: boolean };

export function readNameIdPolicy(policy: XmlElement): NameIdPolicy {
  const values = attributesOf(policy, { optional: ['Format', 'SPNameQualifier', 'AllowCreate'] });
  new Content(policy).end();
  const allowCreate = booleanOf(values.AllowCreate);
  return {
    ...(values.Format === undefined ? {} : { format: values.Format }),
    ...(values.SPNameQualifier === undefined ? {} : { spNameQualifier: values.SPNameQualifier }),
    ...(allowCreate === undefined ? {} : { allowCreate }),
  };
}

export function writeNameIdPolicy(policy: NameIdPolicy): BuiltElement {
  return element(
    { namespace: namespaces.protocol, local: 'NameIDPolicy', prefix: 'samlp' },
    {
      AllowCreate: policy.allowCreate === undefined ? undefined : String(policy.allowCreate),
      Format: policy.format,
      SPNameQualifier: policy.spNameQualifier,
    },
  );
}
