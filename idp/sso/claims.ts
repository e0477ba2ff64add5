import type { TenantRow, UserRow } from '../tables.ts';

const identity = 'http://schemas.microsoft.com/identity/claims';
const claims = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims';
const roleClaim = 'http://schemas.microsoft.com/ws/2008/06/identity/claims/role';
const methodPrefix = 'http://schemas.microsoft.com/ws/2008/06/identity/authenticationmethod';

export type Attribute = { name: string; values: string[] };

export type ClaimsInput = {
  tenant: Pick<TenantRow, 'id' | 'issuer'>;
  user: Pick<UserRow, 'id' | 'displayName' | 'givenName' | 'surname' | 'mail' | 'userPrincipalName'>;
  authenticationMethods: readonly string[];
  /** Values of the app roles the person has in the application. */
  roles: readonly string[];
};

/** The attributes every application is sent, in their usual order. One whose source is empty is left out. */
export function defaultClaims({ tenant, user, authenticationMethods, roles }: ClaimsInput): Attribute[] {
  const attributes: [string, readonly (string | null)[]][] = [
    [`${identity}/tenantid`, [tenant.id]],
    [`${identity}/objectidentifier`, [user.id]],
    [`${identity}/displayname`, [user.displayName]],
    [`${identity}/identityprovider`, [tenant.issuer]],
    [
      'http://schemas.microsoft.com/claims/authnmethodsreferences',
      authenticationMethods.map((method) => `${methodPrefix}/${method}`),
    ],
    [`${claims}/givenname`, [user.givenName]],
    [`${claims}/surname`, [user.surname]],
    [`${claims}/emailaddress`, [user.mail]],
    [`${claims}/name`, [user.userPrincipalName]],
    [roleClaim, roles],
  ];
  return attributes
    .map(([name, values]) => ({ name, values: values.filter((value): value is string => Boolean(value)) }))
    .filter(({ values }) => values.length > 0);
}
