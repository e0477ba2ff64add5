import type { AuditCategory, AuditInitiator, AuditTarget } from '../graph/resources.ts';

/** One change, as the audit log keeps it. */
export type AuditEntry = {
  id: string;
  /** Epoch milliseconds. */
  activityDateTime: number;
  correlationId: string;
  activityDisplayName: string;
  category: AuditCategory;
  initiatedBy: AuditInitiator;
  targetResources: AuditTarget[];
  /** Left out: success. */
  result?: 'success' | 'failure';
  resultReason?: string;
};

/** The part of an entry that is the same for every change one request makes. */
export type AuditOrigin = Pick<AuditEntry, 'activityDateTime' | 'correlationId' | 'initiatedBy'>;

/** Names whose values the audit log says were changed, never what they were or are. */
const secret: ReadonlySet<string> = new Set(['passwordProfile', 'passwordHash']);

/**
 * The properties in which two states of an object differ.
 *
 * @param before the JSON before; empty for a new object
 * @param after the JSON after; empty for a deleted one
 */
export function modifiedProperties(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): AuditTarget['modifiedProperties'] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((displayName) => {
    const oldValue = textOf(before[displayName]);
    const newValue = textOf(after[displayName]);
    if (oldValue === newValue) return [];
    return secret.has(displayName)
      ? [{ displayName, oldValue: null, newValue: null }]
      : [{ displayName, oldValue, newValue }];
  });
}

function textOf(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value);
}
