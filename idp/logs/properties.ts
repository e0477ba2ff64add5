import type { Properties } from '../graph/properties.ts';

export const signInProperties: Properties = {
  id: { kind: 'id', filter: true, sort: true },
  createdDateTime: { kind: 'dateTime', filter: true, sort: true },
  correlationId: { kind: 'id', filter: true },
  userId: { kind: 'id', filter: true },
  userPrincipalName: { kind: 'string', filter: true, sort: true, search: true },
  userDisplayName: { kind: 'string', filter: true, sort: true, search: true },
  appId: { kind: 'id', filter: true },
  appDisplayName: { kind: 'string', filter: true, sort: true, search: true },
  servicePrincipalId: { kind: 'id', filter: true },
  ipAddress: { kind: 'string', filter: true, search: true },
  clientAppUsed: { kind: 'string', filter: true },
  isInteractive: { kind: 'constant', value: true },
  conditionalAccessStatus: { kind: 'constant', value: 'notApplied' },
  authenticationRequirement: { kind: 'constant', value: 'singleFactorAuthentication' },
  'status/errorCode': { kind: 'integer', column: 'errorCode', filter: true, sort: true },
  'status/failureReason': { kind: 'string', column: 'failureReason' },
  'status/additionalDetails': { kind: 'string', column: 'additionalDetails' },
  'deviceDetail/browser': { kind: 'string', column: 'userAgent', filter: true },
  outcome: { kind: 'string', column: 'status', filter: true },
  authenticationMethods: { kind: 'stringCollection' },
  samlRequestId: { kind: 'string', filter: true },
  assertionId: { kind: 'string', filter: true },
};

export const directoryAuditProperties: Properties = {
  id: { kind: 'id', filter: true, sort: true },
  activityDateTime: { kind: 'dateTime', filter: true, sort: true },
  activityDisplayName: { kind: 'string', filter: true, sort: true, search: true },
  category: { kind: 'string', filter: true, sort: true },
  correlationId: { kind: 'id', filter: true },
  loggedByService: { kind: 'constant', value: 'Core Directory' },
  result: { kind: 'string', filter: true },
  resultReason: { kind: 'string' },
  initiatedBy: { kind: 'json' },
  targetResources: { kind: 'json', filter: { any: 'id' } },
};
