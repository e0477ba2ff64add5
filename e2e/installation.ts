import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { bootPlatform, engineOfThisRun, type Platform } from './platform.ts';

let booting: Promise<Platform> | undefined;
let current: Platform | undefined;
const pages = new Map<string, Page>();

/** Declares that this file's tests run on the one installation of the run: whoever asks first boots it. */
export function useInstallation(): void {
  before(async () => {
    await bootInstallation();
  });
}

/** Boots the installation of the run, or waits until somebody else has. */
export async function bootInstallation(hosts: Record<string, number> = {}): Promise<Platform> {
  // The hooks of all files start together: what they share must be the promise, not its outcome.
  booting ??= bootPlatform({ engine: engineOfThisRun(), hosts });
  current = await booting;
  return current;
}

// Without isolation all files of a run share this module, so this runs once, after the last of them.
after(async () => {
  await current?.stop();
  current = undefined;
});

export function platform(): Platform {
  if (current === undefined) throw new Error('no test has called useInstallation');
  return current;
}

/** The page of this person's own browser, which stays open from journey to journey. */
export async function pageOf(person: string, options?: BrowserContextOptions): Promise<Page> {
  const known = pages.get(person);
  if (known !== undefined) return known;
  const context = await platform().context(options);

  const page = await context.newPage();
  pages.set(person, page);
  return page;
}

/** Closes this person's browser, as if they had gone to another computer. */
export async function leaveBrowser(person: string): Promise<void> {
  const page = pages.get(person);
  pages.delete(person);
  await page?.context().close();
}

let missed: string | undefined;

/** One step of a story: what comes after it stands on it, so behind a step that failed no other is tried. */
export function journey(name: string, walk: () => Promise<void>): void {
  attempt(name, async () => {
    assert.equal(missed, undefined, 'an earlier journey did not arrive');
    missed = name;
    await walk();
    missed = undefined;
  });
}

/** A test that stands by itself; where it fails it leaves a picture of every open page behind. */
export function attempt(name: string, walk: () => Promise<void>): void {
  test(name, { timeout: 240_000 }, async () => {
    try {
      await walk();
      assert.deepEqual(platform().troubles.splice(0), [], 'a page had trouble that nobody saw');
    } catch (error) {
      if (missed === undefined || missed === name) await leavePictures(name);
      throw error;
    }
  });
}

async function leavePictures(name: string): Promise<void> {
  const folder = join(import.meta.dirname, 'screenshots', 'failures');
  await mkdir(folder, { recursive: true });
  const slug = name.replace(/[^a-z0-9]+/gi, '-').slice(0, 60);
  for (const [person, page] of pages) {
    const path = join(folder, `${slug}--${person.replace(/\W+/g, '-')}.png`);
    await page.screenshot({ path, fullPage: true }).catch(() => undefined);
    console.error(`${person} stood at ${page.url()}: ${path}`);
  }
}
