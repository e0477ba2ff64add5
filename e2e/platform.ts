/**
 * Boots the product as it is deployed: two services as processes of their own, each behind a proxy that ends TLS,
 * on two different sites, and a browser that knows both by name. Everything lies in a temporary folder; nothing
 * here knows more of the product than its environment variables, its JSON lines on standard output and HTTP.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import { freshContext, type PageTroubles, startBrowser } from './browser.ts';
import { selfSigned } from './certificate.ts';
import { freshDatabases } from './fresh-databases.ts';
import { type HttpClient, httpClient } from './http-client.ts';
import { freePort, type ServiceProcess, serviceProcess } from './service-process.ts';
import { tlsProxy } from './tls-proxy.ts';

export const countersignUrl = 'https://id.contoso.example';
export const performUrl = 'https://perform.trakstar.com';

/** Who can sign in right after the first start. */
export const firstAdministrators = {
  countersign: { userName: 'admin@contoso.example', password: 'Harbour-Lantern-42' },
  perform: { company: 'contoso', userName: 'admin', password: 'Meadow-Compass-17' },
};

export type Platform = {
  countersign: ServiceProcess;
  perform: ServiceProcess;
  /** Settings both services run with, for operator commands of the product. */
  environment: Record<string, string>;
  troubles: PageTroubles;
  browser(): Promise<Browser>;
  /** A new person's browser: no cookies of anyone. */
  context(options?: BrowserContextOptions): Promise<BrowserContext>;
  http(): HttpClient;
  stop(): Promise<void>;
};

export type PlatformOptions = {
  engine?: 'sqlite' | 'postgres';
  /** Further hosts the browser shall find, with their ports of 127.0.0.1. */
  hosts?: Record<string, number>;
  env?: Record<string, string>;
};

/** The engine this run was asked for: COUNTERSIGN_E2E_ENGINE, SQLite where it says nothing. */
export function engineOfThisRun(): 'sqlite' | 'postgres' {
  return process.env.COUNTERSIGN_E2E_ENGINE === 'postgres' ? 'postgres' : 'sqlite';
}

/** Starts both services and resolves once both listen. */
export async function bootPlatform(options: PlatformOptions = {}): Promise<Platform> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-e2e-'));
  const postgres = options.engine === 'postgres' ? process.env.COUNTERSIGN_TEST_POSTGRES : undefined;
  if (options.engine === 'postgres' && postgres === undefined) {
    throw new Error(
      'Set COUNTERSIGN_TEST_POSTGRES to the URL of a PostgreSQL superuser, or run npm test, which starts one.',
    );
  }
  const databases = await freshDatabases(folder, postgres);
  const environment = {
    NODE_ENV: 'production',
    COUNTERSIGN_DATA: folder,
    COUNTERSIGN_DATABASE: databases.countersign,
    COUNTERSIGN_PUBLIC_URL: countersignUrl,
    COUNTERSIGN_TRUST_PROXY: '1',
    COUNTERSIGN_ADMIN_PASSWORD: firstAdministrators.countersign.password,
    PERFORM_DATABASE: databases.perform,
    PERFORM_PUBLIC_URL: performUrl,
    PERFORM_TRUST_PROXY: '1',
    PERFORM_ADMIN_PASSWORD: firstAdministrators.perform.password,
    ...options.env,
  };
  const ports = { countersign: await freePort(), perform: await freePort() };
  const countersign = serviceProcess({
    name: 'Countersign',
    file: 'idp/main.ts',
    port: ports.countersign,
    env: { ...environment, COUNTERSIGN_PORT: `${ports.countersign}` },
  });
  const perform = serviceProcess({
    name: 'Perform',
    file: 'perform/main.ts',
    port: ports.perform,
    env: { ...environment, PERFORM_PORT: `${ports.perform}` },
  });
  const identity = await selfSigned('Countersign end-to-end', [
    new URL(countersignUrl).hostname,
    new URL(performUrl).hostname,
  ]);
  const proxies = [
    await tlsProxy(identity, () => countersign.port),
    await tlsProxy(identity, () => perform.port),
  ] as const;
  const hosts = {
    [new URL(countersignUrl).hostname]: proxies[0].port,
    [new URL(performUrl).hostname]: proxies[1].port,
    ...options.hosts,
  };
  const troubles: PageTroubles = [];
  let browser: Promise<Browser> | undefined;

  const platform: Platform = {
    countersign,
    perform,
    environment,
    troubles,
    browser: () => {
      browser ??= startBrowser(hosts);
      return browser;
    },
    context: async (contextOptions) => freshContext(await platform.browser(), troubles, contextOptions),
    http: () => httpClient(hosts),
    stop: async () => {
      await (await browser)?.close();
      await Promise.all([countersign.stop(), perform.stop()]);
      await Promise.all(proxies.map((proxy) => proxy.close()));
      await rm(folder, { recursive: true, force: true });
    },
  };
  try {
    await Promise.all([countersign.start(), perform.start()]);
  } catch (error) {
    await platform.stop();
    throw error;
  }
  return platform;
}
