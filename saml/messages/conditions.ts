import { writeDateTime } from '../date-time.ts';
import { namespaces } from '../names.ts';
import { reject } from '../rejection.ts';
import { type BuiltElement, element } from '../xml/build.ts';
import { attributesOf, Content } from '../xml/content.ts';
import { nameText, type XmlElement } from '../xml/tree.ts';
import { instantOf, nonNegativeIntegerOf, requireValue, valueOf } from './simple-types.ts';

/** When and for whom an assertion holds (saml-core 2.5). Every restriction must match; within one, any audience. */
export type Conditions = {
  /** Epoch milliseconds. */
  notBefore?: number;
  notOnOrAfter?: number;
  audienceRestrictions: string[][];
  oneTimeUse?: true;
  /** How often, and for whom, others may issue assertions on the strength of this one (saml-core 2.5.1.6). */
  proxyRestriction?: ProxyRestriction;
};

export type ProxyRestriction = { count?: number; audiences: string[] };

const { assertion } = namespaces;

/**
 * A condition that is not understood makes an assertion unusable (saml-core 2.5.1), so it is refused; a wish for one, in a
 * request, is passed over (saml-core 3.4.1).
 */
export function readConditions(
  conditions: XmlElement,
  how: { unknown?: 'refused' | 'passed-over' } = {},
): Conditions {
  const { NotBefore, NotOnOrAfter } = attributesOf(conditions, { optional: ['NotBefore', 'NotOnOrAfter'] });
  const notBefore = instantOf(NotBefore);
  const notOnOrAfter = instantOf(NotOnOrAfter);
  const audienceRestrictions: string[][] = [];
  let oneTimeUse = false;
  let proxyRestriction: ProxyRestriction | undefined;
  const content = new Content(conditions);
  for (let child = content.take(); child !== undefined; child = content.take()) {
    const local = child.namespace === assertion ? child.local : undefined;
    if (local === 'AudienceRestriction') {
      audienceRestrictions.push(readAudiences(child));
    } else if (local === 'OneTimeUse') {
      readOneTimeUse(child);
      oneTimeUse = true;
    } else if (local === 'ProxyRestriction') {
      proxyRestriction = readProxyRestriction(child);
    } else if (how.unknown !== 'passed-over') {
      reject('condition-unknown', { actual: nameText(child) });
    }
  }
  return {
    ...(notBefore === undefined ? {} : { notBefore }),
    ...(notOnOrAfter === undefined ? {} : { notOnOrAfter }),
    audienceRestrictions,
    ...(oneTimeUse ? { oneTimeUse } : {}),
    ...(proxyRestriction === undefined ? {} : { proxyRestriction }),
  };
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
function readProxyRestriction(condition: XmlElement): ProxyRestriction {
  const count = nonNegativeIntegerOf(attributesOf(condition, { optional: ['Count'] }).Count);
  const content = new Content(condition);
  const audiences = content.many({ namespace: assertion, local: 'Audience' }).map(readAudience);
  content.end();
  return { ...(count === undefined ? {} : { count }), audiences };
}

/** `audiences` are one restriction: any of them may use the assertion. */
export function writeConditions(conditions: {
  notBefore?: number;
  notOnOrAfter?: number;
  audiences?: readonly string[];
  oneTimeUse?: boolean;
}): BuiltElement {
  const { notBefore, notOnOrAfter, audiences = [], oneTimeUse = false } = conditions;
  const restriction = element(
    { namespace: assertion, local: 'AudienceRestriction' },
    {},
    audiences.map((audience) =>
      element({ namespace: assertion, local: 'Audience' }, {}, [requireValue(audience, 'Audience')]),
    ),
  );
  return element(
    { namespace: assertion, local: 'Conditions' },
    {
      NotBefore: notBefore === undefined ? undefined : writeDateTime(notBefore),
      NotOnOrAfter: notOnOrAfter === undefined ? undefined : writeDateTime(notOnOrAfter),
    },
    [
      audiences.length === 0 ? undefined : restriction,
      oneTimeUse ? element({ namespace: assertion, local: 'OneTimeUse' }) : undefined,
    ],
  );
}
