import type { Properties } from '../graph/properties.ts';
import type { AppRoleAssignmentRow } from '../tables.ts';

/** The zero GUID: Default Access, the role of an application that declares none. */
export const defaultAccessId = '00000000-0000-0000-0000-000000000000';

/** An assignment with the names it shows. */
export type AppRoleAssignmentView = AppRoleAssignmentRow & {
  principalDisplayName: string;
  resourceDisplayName: string;
};

export const appRoleAssignmentProperties: Properties = {
  id: { kind: 'id', filter: true, sort: true },
  appRoleId: { kind: 'id', filter: true },
  createdDateTime: { kind: 'dateTime', filter: true, sort: true },
  deletedDateTime: { kind: 'constant', value: null },
  principalDisplayName: { kind: 'string', filter: true, sort: true, search: true },
  principalId: { kind: 'id', filter: true },
  principalType: { kind: 'string', filter: true, sort: true },
  resourceDisplayName: { kind: 'string', filter: true, sort: true },
  resourceId: { kind: 'id', filter: true },
};
