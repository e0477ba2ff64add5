import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';

const candidates = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const open = new Set<Browser>();
process.on('exit', () => open.clear());

/** A Chromium that finds each host of `hosts` at its port of 127.0.0.1, as if the names were in the DNS. */
export async function startBrowser(hosts: Record<string, number>): Promise<Browser> {
  const executablePath = [process.env.COUNTERSIGN_TEST_CHROMIUM ?? '', ...candidates].find(existsSync);
  if (executablePath === undefined) {
    throw new Error(
      'No Chromium found. Install one (Debian: apt-get install -y chromium) or name it in COUNTERSIGN_TEST_CHROMIUM.',
    );
  }
  const rules = Object.entries(hosts).map(([host, port]) => `MAP ${host} 127.0.0.1:${port}`);
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...(rules.length > 0 ? [`--host-resolver-rules=${rules.join(',')}`] : []),
    ],
  });
  open.add(browser);
  return browser;
}

/** What went wrong inside pages without a person seeing it: uncaught errors, refused scripts and styles. */
export type PageTroubles = string[];

/** A person's browser of their own: no cookies yet. */
export async function freshContext(
  browser: Browser,
  troubles: PageTroubles,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({
    ignoreHTTPSErrors: true,
    viewport: { width: 1280, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
    ...options,
  });
  context.setDefaultTimeout(30_000);
  context.setDefaultNavigationTimeout(45_000);
  context.on('weberror', (error) => troubles.push(`uncaught: ${error.error().message}`));
  context.on('console', (message) => {
    if (message.type() !== 'error') return;
    if (/Content Security Policy|Refused to/i.test(message.text())) troubles.push(message.text());
  });
  return context;
}
