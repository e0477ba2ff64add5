import { writeDateTime } from '../date-time.ts';
import { namespaces } from '../names.ts';
import { reject } from '../rejection.ts';
import { type BuiltElement, element } from '../xml/build.ts';
import { attributesOf, Content } from '../xml/content.ts';
import { nameText, type XmlElement } from '../xml/tree.ts';
import { instantOf, requireValue, valueOf } from './simple-types.ts';

/** When and for whom an assertion holds (saml-core 2.5). Every restriction must match; within one, any audience. */
export type Conditions = {
  /** Epoch milliseconds. */
  notBefore?: number;
  notOnOrAfter?: number;
  audienceRestrictions: string[][];
};

const { assertion } = namespaces;

/** A condition that is not understood makes an assertion unusable (saml-core 2.5.1), so it is refused here. */
export function readConditions(conditions: XmlElement): Conditions {
  const { NotBefore, NotOnOrAfter } = attributesOf(conditions, { optional: ['NotBefore', 'NotOnOrAfter'] });
  const notBefore = instantOf(NotBefore);
  const notOnOrAfter = instantOf(NotOnOrAfter);
  const audienceRestrictions: string[][] = [];
  const content = new Content(conditions);
  for (let child = content.take(); child !== undefined; child = content.take()) {
    if (child.namespace !== assertion) unknown(child);
    if (child.local === 'AudienceRestriction') audienceRestrictions.push(readAudiences(child));
    else if (child.local === 'OneTimeUse') readOneTimeUse(child);
    else if (child.local === 'ProxyRestriction') readProxyRestriction(child);
    else unknown(child);
  }
  return {
    ...(notBefore === undefined ? {} : { notBefore }),
    ...(notOnOrAfter === undefined ? {} : { notOnOrAfter }),
    audienceRestrictions,
  };
}

function unknown(condition: XmlElement): never {
  reject('condition-unknown', { actual: nameText(condition) });
}

function readAudiences(restriction: XmlElement): string[] {
  attributesOf(restriction, {});
  const content = new Content(restriction);
  const audiences = [content.one({ namespace: assertion, local: 'Audience' })];
  audiences.push(...content.many({ namespace: assertion, local: 'Audience' }));
  content.end();
  return audiences.map(readAudience);
}

function readAudience(audience: XmlElement): string {
  attributesOf(audience, {});
  return valueOf(audience);
}

/** Every assertion is used once here (saml-profiles 4.1.4.5), so the condition asks for nothing more. */
function readOneTimeUse(condition: XmlElement): void {
  attributesOf(condition, {});
  new Content(condition).end();
}

/** Limits who may issue assertions based on this one (saml-core 2.5.1.6); nothing here does. */
function readProxyRestriction(condition: XmlElement): void {
  attributesOf(condition, { optional: ['Count'] });
  const content = new Content(condition);
  content.many({ namespace: assertion, local: 'Audience' }).forEach(readAudience);
  content.end();
}

export function writeConditions(conditions: {
  notBefore: number;
  notOnOrAfter: number;
  audience: string;
}): BuiltElement {
  const restriction = element({ namespace: assertion, local: 'AudienceRestriction' }, {}, [
    element({ namespace: assertion, local: 'Audience' }, {}, [requireValue(conditions.audience, 'Audience')]),
  ]);
  return element(
    { namespace: assertion, local: 'Conditions' },
    { NotBefore: writeDateTime(conditions.notBefore), NotOnOrAfter: writeDateTime(conditions.notOnOrAfter) },
    [restriction],
  );
}
