import type { Properties } from '../../graph/properties.ts';

export const roleAssignmentProperties: Properties = {
  id: { kind: 'id', sort: true, filter: true },
  roleDefinitionId: { kind: 'id', filter: true },
  principalId: { kind: 'id', filter: true },
  directoryScopeId: { kind: 'constant', value: '/' },
  createdDateTime: { kind: 'dateTime', sort: true },
};
