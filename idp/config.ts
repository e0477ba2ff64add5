/**
 * The identity provider's configuration: one list of settings, one pure reading of them.
 * Nothing else in the service reads the environment; `npm start -- --help` and the documentation print `settings`.
 */

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

export type Config = {
  /** TCP port; 0 lets the system choose. */
  port: number;
  host: string;
  /** Origin under which browsers and applications reach this service, without a slash at the end. */
  publicUrl: string;
  /** True where the public URL is https: cookies are then `__Host-` and `Secure`. */
  secure: boolean;
  /** `sqlite:<path>` or `postgres://…`. */
  databaseUrl: string;
  /** Folder for the SQLite file and the master key. */
  dataFolder: string;
  /** 32 octets that encrypt private keys at rest and key the pairwise identifiers. */
  masterKey: Uint8Array;
  tenantName: string;
  tenantDomain: string;
  /** User principal name of the first administrator. */
  adminUserPrincipalName: string;
  /** Null: a random one is made on the first start and printed once. */
  adminPassword: string | null;
  /** Whether X-Forwarded-* of the peer are believed. */
  trustProxy: boolean;
  logLevel: LogLevel;
  session: {
    /** Without a request for so long a session has ended. Milliseconds. */
    idle: number;
    /** So long after signing in a session has ended, used or not. Milliseconds. */
    absolute: number;
  };
};

/** What the environment says. The master key may be absent: then it lives in a file of the data folder. */
export type ParsedConfig = Omit<Config, 'masterKey'> & { masterKey: Uint8Array | null };

export type Setting = {
  /** Name in the environment. */
  name: string;
  /** Name of the flag of `npm start`, without dashes. */
  flag?: string;
  /** What holds when it is not set, as a person would write it. */
  default: string;
  example: string;
  /** One sentence: what it decides. */
  says: string;
};

/** Every setting, in the order in which help prints them. */
export const settings: readonly Setting[] = [
  {
    name: 'COUNTERSIGN_PORT',
    flag: 'port',
    default: '4000',
    example: '4000',
    says: 'Port the identity provider listens on.',
  },
  {
    name: 'COUNTERSIGN_HOST',
    flag: 'host',
    default: '127.0.0.1',
    example: '0.0.0.0',
    says: 'Address the identity provider listens on; 0.0.0.0 is every address of this machine.',
  },
  {
    name: 'COUNTERSIGN_PUBLIC_URL',
    flag: 'public-url',
    default: 'http://localhost:<port>',
    example: 'https://id.contoso.example',
    says: 'Address browsers and applications use. It becomes part of the Countersign Identifier when the organisation is made; http is accepted for localhost only.',
  },
  {
    name: 'COUNTERSIGN_DATABASE',
    flag: 'database',
    default: 'sqlite:<data folder>/countersign.db',
    example: 'postgres://countersign:secret@db.contoso.example/countersign',
    says: 'Where everything is kept: a SQLite file or a PostgreSQL database.',
  },
  {
    name: 'COUNTERSIGN_DATA',
    flag: 'data',
    default: 'data',
    example: '/var/lib/countersign',
    says: 'Folder for the SQLite file and the master key.',
  },
  {
    name: 'COUNTERSIGN_MASTER_KEY',
    default: 'the file master.key in the data folder, made on the first start',
    example: 'openssl rand -base64 32',
    says: '32 octets in base64 that encrypt private keys at rest. Persistent NameIDs depend on it too: keep it.',
  },
  {
    name: 'COUNTERSIGN_TENANT_NAME',
    flag: 'tenant-name',
    default: 'Contoso',
    example: 'Contoso',
    says: 'Name of the organisation made on the first start.',
  },
  {
    name: 'COUNTERSIGN_TENANT_DOMAIN',
    flag: 'tenant-domain',
    default: 'contoso.example',
    example: 'contoso.example',
    says: 'Verified domain of the organisation made on the first start.',
  },
  {
    name: 'COUNTERSIGN_ADMIN',
    flag: 'admin',
    default: 'admin@<tenant domain>',
    example: 'admin@contoso.example',
    says: 'User name of the first administrator, made on the first start.',
  },
  {
    name: 'COUNTERSIGN_ADMIN_PASSWORD',
    default: 'a random password, printed once',
    example: 'Correct-Horse-7',
    says: 'Password of the first administrator, used on the first start only.',
  },
  {
    name: 'COUNTERSIGN_TRUST_PROXY',
    flag: 'trust-proxy',
    default: '0',
    example: '1',
    says: '1 where a proxy in front ends TLS: its X-Forwarded-For is then believed, from anybody who can connect.',
  },
  {
    name: 'COUNTERSIGN_LOG_LEVEL',
    flag: 'log-level',
    default: 'info',
    example: 'debug',
    says: 'Least important log lines to write: fatal, error, warn, info, debug, trace or silent.',
  },
  {
    name: 'COUNTERSIGN_SESSION_IDLE_HOURS',
    flag: 'session-idle-hours',
    default: '12',
    example: '8',
    says: 'Hours without use after which a browser session ends.',
  },
  {
    name: 'COUNTERSIGN_SESSION_HOURS',
    flag: 'session-hours',
    default: '24',
    example: '10',
    says: 'Hours after signing in after which a browser session ends, used or not.',
  },
];

const logLevels: readonly string[] = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];
const hour = 3_600_000;

/**
 * Reads the configuration from an environment. Pure: no file is touched.
 *
 * @param environment name → value; an empty value counts as not set
 * @returns the configuration, or every sentence about what is wrong, each with an example
 */
export function parseConfig(
  environment: Record<string, string | undefined>,
): { config: ParsedConfig; problems: [] } | { config: null; problems: string[] } {
  const problems: string[] = [];

  const given = (name: string): string | null => environment[name]?.trim() || null;
  const refuse = (name: string, why: string): void => {
    const example = settings.find((setting) => setting.name === name)?.example;
    problems.push(`${name} ${why}; for example ${name}=${example}`);
  };
  const read = <T>(name: string, absent: T, parse: (text: string) => T | null, why: string): T => {
    const text = given(name);
    if (text === null) return absent;
    const value = parse(text);
    if (value !== null) return value;
    refuse(name, why);
    return absent;
  };

  const port = read('COUNTERSIGN_PORT', 4000, parsePort, 'must be a number from 0 to 65535');
  const publicUrl = read(
    'COUNTERSIGN_PUBLIC_URL',
    `http://localhost:${port}`,
    parseOrigin,
    'must be an https address without a path (http only for localhost)',
  );
  if (port === 0 && given('COUNTERSIGN_PUBLIC_URL') === null)
    refuse('COUNTERSIGN_PUBLIC_URL', 'must be set when the system chooses the port');
  const dataFolder = given('COUNTERSIGN_DATA') ?? 'data';
  const tenantDomain = read(
    'COUNTERSIGN_TENANT_DOMAIN',
    'contoso.example',
    parseDomain,
    'must be a domain name in lower or upper case letters, digits, hyphens and at least one dot',
  );
  const hours = (name: string, absent: number): number =>
    read(name, absent, parseHours, 'must be a whole number of hours from 1 to 720') * hour;
  const session = {
    idle: hours('COUNTERSIGN_SESSION_IDLE_HOURS', 12),
    absolute: hours('COUNTERSIGN_SESSION_HOURS', 24),
  };

  const config: ParsedConfig = {
    port,
    host: given('COUNTERSIGN_HOST') ?? '127.0.0.1',
    publicUrl,
    secure: publicUrl.startsWith('https:'),
    databaseUrl: read(
      'COUNTERSIGN_DATABASE',
      `sqlite:${dataFolder}/countersign.db`,
      (text) => (/^(sqlite:.|postgres(ql)?:\/\/.)/.test(text) ? text : null),
      'must start with sqlite: or postgres://',
    ),
    dataFolder,
    masterKey: read<Uint8Array | null>(
      'COUNTERSIGN_MASTER_KEY',
      null,
      parseMasterKey,
      'must be 32 octets in base64, as `openssl rand -base64 32` prints them',
    ),
    tenantName: given('COUNTERSIGN_TENANT_NAME') ?? 'Contoso',
    tenantDomain,
    adminUserPrincipalName: read(
      'COUNTERSIGN_ADMIN',
      `admin@${tenantDomain}`,
      (text) =>
        /^[^\s@]+@[^\s@]+$/.test(text) && text.toLowerCase().endsWith(`@${tenantDomain}`) ? text : null,
      `must be a user name that ends in @${tenantDomain}, the domain of the organisation`,
    ),
    adminPassword: environment['COUNTERSIGN_ADMIN_PASSWORD'] || null,
    trustProxy: read('COUNTERSIGN_TRUST_PROXY', false, parseBit, 'must be 0 or 1'),
    logLevel: read<LogLevel>(
      'COUNTERSIGN_LOG_LEVEL',
      'info',
      (text) => (logLevels.includes(text) ? (text as LogLevel) : null),
      `must be one of ${logLevels.join(', ')}`,
    ),
    session,
  };
  return problems.length > 0 ? { config: null, problems } : { config, problems: [] };
}

/** Reads a master key: 32 octets in base64, or null. The key file holds the same text. */
export function parseMasterKey(text: string): Uint8Array | null {
  if (!/^[A-Za-z0-9+/]{43}=$/.test(text)) return null;
  return Uint8Array.from(Buffer.from(text, 'base64'));
}

function parsePort(text: string): number | null {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : null;
}

function parseBit(text: string): boolean | null {
  if (text === '1') return true;
  return text === '0' ? false : null;
}

function parseHours(text: string): number | null {
  return /^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= 720 ? Number(text) : null;
}

function parseDomain(text: string): string | null {
  const name = text.toLowerCase();
  return /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/.test(name) ? name : null;
}

/** Passwords and assertions travel over this address, so plain http is for this machine only. */
function parseOrigin(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const bare = url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
  const local =
    url.hostname === 'localhost' ||
    url.hostname === '127.0.0.1' ||
    url.hostname === '[::1]' ||
    url.hostname.endsWith('.localhost');
  if (!bare || !(url.protocol === 'https:' || (url.protocol === 'http:' && local))) return null;
  return url.origin;
}
