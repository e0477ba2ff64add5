/**
 * Every page the routers know, as it looks: axe finds nothing, and a picture of each lies in e2e/screenshots for
 * somebody to look at. The list of pages is the routers' own; a page nobody visits here fails.
 */
import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { paths } from '../portal/paths.ts';
import { findUnvisited, type Look, looksOf, type Viewer, viewers } from './looks/pages.ts';
import { bootPlatform, type Platform } from './platform.ts';
import { type Connected, followTheTutorial } from './without-screens.ts';

const folder = join(import.meta.dirname, 'screenshots');
const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const sizes = [1280, 400];
const schemes = ['light', 'dark'] as const;

let platform: Platform;
let connected: Connected;
let axe: string;
const contexts = new Map<string, BrowserContext>();

before(async () => {
  platform = await bootPlatform({
    env: { NODE_OPTIONS: `--import=${join(import.meta.dirname, 'print-routes.ts')}` },
  });
  connected = await followTheTutorial(platform.http(), platform.http());
  axe = await readFile(axeFile, 'utf8');
  await mkdir(folder, { recursive: true });
});
after(() => platform?.stop());

test('every page of the routers has its look', async (t) => {
  const looks = await looksOf(platform, connected);
  const routes = [platform.countersign, platform.perform].flatMap(({ name, lines }) => {
    const printed = lines.find((line) => line.event === 'routes') as {
      routes: { method: string; url: string }[];
    };
    return printed.routes.filter(({ method }) => method === 'GET').map(({ url }) => `${name} ${url}`);
  });
  assert.ok(routes.length > 20, 'the services printed their routes');
  assert.deepEqual(findUnvisited(Object.values(paths), routes, looks), []);
  for (const look of looks) await t.test(look.name, { timeout: 60_000 }, () => visit(look));
});

async function visit(look: Look): Promise<void> {
  await Promise.all(schemes.map((scheme) => visitIn(look, scheme)));
  assert.deepEqual(platform.troubles.splice(0), []);
}

async function visitIn(look: Look, scheme: 'light' | 'dark'): Promise<void> {
  const page = await (await contextOf(look.viewer, scheme)).newPage();
  try {
    await page.setViewportSize({ width: sizes[0] ?? 1280, height: 900 });
    await look.open(page);
    for (const width of sizes) {
      await page.setViewportSize({ width, height: 900 });
      await settle(page);
      await page.screenshot({ path: join(folder, `${look.name}-${width}-${scheme}.png`), fullPage: true });
      // Colours do not depend on the width: three of the four pictures are enough for axe.
      if (width > 400 || scheme === 'light')
        await findNothing(page, `${look.name}, ${width} pixels, ${scheme}`);
    }
  } finally {
    await page.close();
  }
}

/** One signed-in browser for each kind of viewer and scheme. */
async function contextOf(viewer: Viewer, colorScheme: 'light' | 'dark'): Promise<BrowserContext> {
  const key = `${viewer} ${colorScheme}`;
  const known = contexts.get(key);
  if (known !== undefined) return known;
  const context = await platform.context({ colorScheme, reducedMotion: 'reduce' });
  contexts.set(key, context);
  await viewers[viewer](context);
  return context;
}

/** Fonts are there, nothing is loading, nothing moves. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(`document.fonts.ready.then(() => new Promise((resolve) => {
    const look = () => {
      const waiting = document.querySelectorAll('[role=progressbar], [aria-label^="Loading"]').length > 0;
      const moving = document.getAnimations().some(({ playState }) => playState === 'running');
      if (waiting || moving) requestAnimationFrame(look);
      else resolve(true);
    };
    look();
  }))`);
}

type Finding = { id: string; help: string; nodes: { target: string[]; failureSummary: string }[] };

/** Fluent's focus sentinels are left out: hidden from screen readers, they hand the focus on as soon as they get it. */
async function findNothing(page: Page, where: string): Promise<void> {
  await page.evaluate(axe);
  const violations = await page.evaluate<Finding[]>(
    `axe.run({ exclude: [['[data-tabster-dummy]']] }, { resultTypes: ['violations'] }).then(({ violations }) =>
      violations.map(({ id, help, nodes }) => ({
        id, help, nodes: nodes.map(({ target, failureSummary }) => ({ target: target.map(String), failureSummary })),
      })))`,
  );
  const told = violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n${nodes.map(({ target, failureSummary }) => `    ${target.join(' ')}\n      ${failureSummary.replaceAll('\n', ' ')}`).join('\n')}`,
  );
  assert.equal(told.length, 0, `${where}:\n${told.join('\n')}`);
  const overflow = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  assert.ok(overflow <= 0, `${where}: the page is ${overflow} pixels wider than the window`);
}
