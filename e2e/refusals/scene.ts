/** The tutorial is over: B.Simon can sign in. What follows must not work. */
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import type { Page } from 'playwright-core';
import { type Forger, forgerHost, startForger } from '../forger.ts';
import type { Collection } from '../graph.ts';
import type { HttpClient } from '../http-client.ts';
import { bootInstallation, platform } from '../installation.ts';
import { performUrl } from '../platform.ts';
import type { LogLine } from '../service-process.ts';
import { type Connected, followTheTutorial } from '../without-screens.ts';

type Scene = { connected: Connected; performAdministrator: HttpClient };

let preparing: Promise<void> | undefined;
let current: Scene | undefined;
let theForger: Forger | undefined;

/** Declares that this file plays in the scene; the first file that does sets it up. */
export function useScene(): void {
  before(() => {
    // The hooks of all files start together: what they share must be the promise, not its outcome.
    preparing ??= prepare();
    return preparing;
  });
}

async function prepare(): Promise<void> {
  theForger = await startForger();
  const { http } = await bootInstallation({ [forgerHost]: theForger.port });
  const performAdministrator = http();
  current = { performAdministrator, connected: await followTheTutorial(http(), performAdministrator) };
}

after(async () => {
  await theForger?.close();
});

export function forger(): Forger {
  if (theForger === undefined) throw new Error('no test has called useScene');
  return theForger;
}

export function scene(): Scene {
  if (current === undefined) throw new Error('no test has called useScene');
  return current;
}

export type SignIn = {
  id: string;
  correlationId: string;
  userPrincipalName: string | null;
  appDisplayName: string | null;
  status: { errorCode: number; failureReason: string | null };
  outcome: string;
  assertionId: string | null;
};

/** Countersign's sign-in log, newest first. */
export async function signInLog(): Promise<SignIn[]> {
  const list = await scene().connected.graph.get<Collection<SignIn>>('/auditLogs/signIns?$top=50');
  return list.value;
}

/** What Perform wrote about sign-ins since it had written `since` lines. */
export function performSignIns(since: number): LogLine[] {
  return platform()
    .perform.lines.slice(since)
    .filter((line) => line.event === 'sign-in');
}

/** Nobody is signed in to Perform in this browser. */
export async function expectSignedOutOfPerform(page: Page): Promise<void> {
  await page.goto(`${performUrl}/`);
  await page.getByLabel('Company name').waitFor();
  const cookies = await page.context().cookies(performUrl);
  assert.equal(
    cookies.some(({ name }) => name.includes('perform-session')),
    false,
  );
}
