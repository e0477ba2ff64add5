import { X509Certificate } from 'node:crypto';
import type { Peer } from './peer.ts';

/**
 * What a caller without types can leave out or mistake. Each throws a TypeError that names the field: what a message is held
 * against must never be absent by accident, and of a text `includes` would ask for a part of it.
 */
export function requireText(name: string, value: unknown): void {
  if (typeof value !== 'string' || value === '') throw new TypeError(`${name} is missing.`);
}

export function requireNumber(name: string, value: unknown): void {
  if (typeof value !== 'number') throw new TypeError(`${name} is missing.`);
}

export function requireTexts(name: string, value: unknown): void {
  if (!Array.isArray(value) || !value.every((each) => typeof each === 'string'))
    throw new TypeError(`${name} is no array of strings.`);
}

export function requireCertificates(name: string, value: unknown): void {
  if (!Array.isArray(value)) throw new TypeError(`${name} is missing.`);
  if (!value.every((each) => each instanceof X509Certificate))
    throw new TypeError(`${name} holds something else: readCertificates makes certificates of text.`);
}

/** The other side and the addresses of the endpoint its message arrived at. */
export function requirePeerAt(peer: Peer, at: { endpointUrls: readonly string[] }): void {
  requireTexts('peer.entityIds', peer?.entityIds);
  requireCertificates('peer.certificates', peer.certificates);
  requireTexts('peer.allow', peer.allow ?? []);
  requireTexts('endpointUrls', at?.endpointUrls);
}
