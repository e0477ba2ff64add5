import type { Properties } from '../../graph/properties.ts';

export const groupProperties: Properties = {
  id: { kind: 'id', filter: true, sort: true },
  displayName: { kind: 'string', filter: true, sort: true, search: true },
  description: { kind: 'string', search: true },
  mailNickname: { kind: 'string', filter: true, sort: true },
  mailEnabled: { kind: 'boolean', filter: true },
  securityEnabled: { kind: 'boolean', filter: true },
  groupTypes: { kind: 'constant', value: [] },
  createdDateTime: { kind: 'dateTime', filter: true, sort: true },
};

export const memberProperties: Properties = {
  '@odata.type': { kind: 'constant', value: '#microsoft.graph.user' },
  id: { kind: 'id', filter: true, sort: true },
  displayName: { kind: 'string', filter: true, sort: true, search: true },
  userPrincipalName: { kind: 'string', filter: true, sort: true, search: true },
  mail: { kind: 'string', filter: true, search: true },
};
