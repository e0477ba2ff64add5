import type { Kysely } from 'kysely';
import { readListQuery } from '../graph/list-query.ts';
import type { Properties } from '../graph/properties.ts';
import type { AuditEntry } from '../logs/audit-entry.ts';
import type { Tables } from '../tables.ts';
import type { AlphaAndBeta, Ids } from './alpha-and-beta.ts';

export type Store = {
  k: Kysely<Tables>;
  db: AlphaAndBeta['installation']['context']['db'];
  ids: Ids;
  now: number;
};
/** A call with Beta's id and ids that both organisations have, and what it does: answer with Beta's, or change Beta. */
export type Case = ['reads' | 'changes' | 'adds', (store: Store) => unknown];

export const all = (properties: Properties) =>
  readListQuery({}, properties, { property: 'id', descending: false });
export const entry: AuditEntry = {
  id: '01900000-0000-7000-8000-00000000a0d1',
  activityDateTime: 1,
  correlationId: '01900000-0000-7000-8000-00000000a0d1',
  activityDisplayName: 'Update user',
  category: 'UserManagement',
  initiatedBy: { app: { displayName: 'test' } },
  targetResources: [],
};
export const audit = () => entry;
export const fresh = '01900000-0000-7000-8000-0000000f4e54';
export const renamed = { displayName: 'Beta renamed' };
