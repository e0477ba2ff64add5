import { z } from 'zod';
import { flag, guid, line, lines } from '../graph/body.ts';
import { usualSubject } from './certificates/make-certificate.ts';
import { identifierFault, replyUrlFault, samlLimits, urlFault } from './saml-settings.ts';

function checked(fault: (text: string) => string | null) {
  return z.string('must be a text').superRefine((text, context) => {
    const message = fault(text);
    if (message) context.addIssue({ code: 'custom', message });
  });
}

function distinct<T>(items: readonly T[]): boolean {
  return new Set(items).size === items.length;
}

const displayName = line(120);
const emptyIsNull = (text: string | null) => (text === '' ? null : text);
const optionalUrl = z.union([z.null(), z.literal('').transform(() => null), checked(urlFault)]);

const appRole = z.strictObject({
  id: guid,
  displayName: line(120),
  description: line(1024),
  value: z
    .string('must be a text')
    .regex(/^[\x21-\x7e]{1,120}$/, 'must be 1 to 120 ASCII characters without blanks')
    .nullable()
    .default(null),
  isEnabled: flag,
  allowedMemberTypes: z.tuple([z.literal('User')]).default(['User']),
});

/** POST /applicationTemplates/{id}/instantiate. */
export const instantiation = z.strictObject({ displayName });

const replyUrl = checked(replyUrlFault);
const redirectUriSetting = z.strictObject({
  uri: replyUrl,
  index: z.int('must be a whole number').min(0, 'must not be negative').max(65_535, 'must be at most 65535'),
});

/** PATCH /applications/{id}. */
export const applicationUpdate = z.strictObject({
  displayName: displayName.optional(),
  identifierUris: z
    .array(checked(identifierFault), 'must be a list')
    .max(samlLimits.identifiers, `must have at most ${samlLimits.identifiers} entries`)
    .refine(distinct, { error: 'must not contain the same value twice' })
    .optional(),
  defaultRedirectUri: replyUrl.nullable().optional(),
  web: z
    .strictObject({
      redirectUris: z
        .array(replyUrl, 'must be a list')
        .max(samlLimits.replyUrls, `must have at most ${samlLimits.replyUrls} entries`)
        .refine(distinct, { error: 'must not contain the same value twice' })
        .optional(),
      redirectUriSettings: z
        .array(redirectUriSetting, 'must be a list')
        .max(samlLimits.replyUrls, `must have at most ${samlLimits.replyUrls} entries`)
        .refine((settings) => distinct(settings.map(({ uri }) => uri)), {
          error: 'must not contain the same value twice',
        })
        .refine((settings) => distinct(settings.map(({ index }) => index)), {
          error: 'must not contain the same index twice',
        })
        .optional(),
    })
    .optional(),
  appRoles: z
    .array(appRole, 'must be a list')
    .max(200, 'must have at most 200 entries')
    .refine((roles) => distinct(roles.map(({ id }) => id)), { error: 'must not contain the same id twice' })
    .refine((roles) => distinct(roles.flatMap(({ value }) => value ?? [])), {
      error: 'must not contain the same value twice',
    })
    .optional(),
});

export type ApplicationChanges = z.output<typeof applicationUpdate>;

/** PATCH /servicePrincipals/{id}. */
export const servicePrincipalUpdate = z.strictObject({
  displayName: displayName.optional(),
  accountEnabled: flag.optional(),
  appRoleAssignmentRequired: flag.optional(),
  loginUrl: optionalUrl.optional(),
  logoutUrl: optionalUrl.optional(),
  notes: lines(1024).nullable().transform(emptyIsNull).optional(),
  notificationEmailAddresses: z
    .array(
      line(254).refine((text) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text), {
        error: 'must be an e-mail address',
      }),
      'must be a list',
    )
    .max(5, 'must have at most 5 entries')
    .refine(distinct, { error: 'must not contain the same value twice' })
    .optional(),
  preferredSingleSignOnMode: z
    .string('must be a text')
    .transform((text) => text.toLowerCase())
    .pipe(z.enum(['saml', 'notsupported'], 'must be saml or notSupported'))
    .transform((mode) => (mode === 'saml' ? 'saml' : 'notSupported'))
    .nullable()
    .optional(),
  preferredTokenSigningKeyThumbprint: z
    .string('must be a text')
    .regex(/^[0-9a-fA-F]{40}$/, 'must be a SHA-1 thumbprint of 40 hexadecimal digits')
    .transform((text) => text.toUpperCase())
    .optional(),
  samlSingleSignOnSettings: z
    .strictObject({ relayState: line(samlLimits.relayState, 0).nullable().transform(emptyIsNull) })
    .nullable()
    .optional(),
  tags: z
    .array(line(256), 'must be a list')
    .max(100, 'must have at most 100 entries')
    .refine(distinct, { error: 'must not contain the same value twice' })
    .optional(),
});

export type ServicePrincipalChanges = z.output<typeof servicePrincipalUpdate>;

/** POST /servicePrincipals/{id}/addTokenSigningCertificate. */
export const newTokenSigningCertificate = z.strictObject({
  displayName: line(67)
    // The name becomes an X.500 name: a character with a meaning there would put something else into the certificate.
    .refine((text) => /^CN=[^,+"\\<>;=#]{1,64}$/.test(text), {
      error: 'must begin with CN= and have no , + " \\ < > ; = # after it',
    })
    .default(usualSubject),
  endDateTime: z.iso
    .datetime({ offset: true, error: 'must be a date and time such as 2029-11-23T00:00:00Z' })
    .optional(),
});
