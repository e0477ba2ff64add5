import type { Properties } from '../../graph/properties.ts';

export const userProperties: Properties = {
  id: { kind: 'id', filter: true, sort: true },
  userPrincipalName: { kind: 'string', filter: true, sort: true, search: true },
  displayName: { kind: 'string', filter: true, sort: true, search: true },
  mailNickname: { kind: 'string', filter: true, sort: true },
  mail: { kind: 'string', filter: true, sort: true, search: true },
  givenName: { kind: 'string', filter: true, sort: true, search: true },
  surname: { kind: 'string', filter: true, sort: true, search: true },
  jobTitle: { kind: 'string', filter: true, sort: true },
  department: { kind: 'string', filter: true, sort: true },
  accountEnabled: { kind: 'boolean', filter: true },
  userType: { kind: 'constant', value: 'Member' },
  lastPasswordChangeDateTime: { kind: 'dateTime' },
  createdDateTime: { kind: 'dateTime', filter: true, sort: true },
};
