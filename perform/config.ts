import { namespaceProblem } from './namespaces/namespace-name.ts';

export type Config = {
  host: string;
  port: number;
  /** Scheme, host and port as browsers see them, without a slash at the end. */
  publicUrl: string;
  databaseUrl: string;
  /** Perform's entity ID, the same for every company. */
  entityId: string;
  companyName: string;
  namespace: string;
  administrator: string;
  /** Absent: the first start makes a random one. */
  administratorPassword?: string;
  trustProxy: boolean;
  logLevel: string;
};

export type Setting = {
  /** Name in the environment. */
  name: string;
  /** Name of the flag of `npm start`, without dashes. */
  flag?: string;
  /** What holds when it is not set. */
  default: string;
  example: string;
  /** One sentence: what it decides. */
  says: string;
};

/** Every variable that Perform reads, with its value where none is set. */
export const settings: readonly Setting[] = [
  {
    name: 'PERFORM_PORT',
    flag: 'perform-port',
    default: '4100',
    example: '4100',
    says: 'Port Perform listens on.',
  },
  {
    name: 'PERFORM_HOST',
    flag: 'perform-host',
    default: '127.0.0.1',
    example: '0.0.0.0',
    says: 'Address Perform listens on.',
  },
  {
    name: 'PERFORM_PUBLIC_URL',
    flag: 'perform-public-url',
    default: 'http://localhost:4100',
    example: 'https://perform.contoso.example',
    says: 'Address browsers use. The ACS (Consumer) URL begins with it.',
  },
  {
    name: 'PERFORM_DATABASE',
    flag: 'perform-database',
    default: 'sqlite:data/perform.db',
    example: 'postgres://perform:secret@db.contoso.example/perform',
    says: 'Where everything is kept: a SQLite file or a PostgreSQL database.',
  },
  {
    name: 'PERFORM_ENTITY_ID',
    flag: 'perform-entity-id',
    default: 'https://perform.trakstar.com',
    example: 'https://perform.contoso.example',
    says: 'Entity ID, the same for every company.',
  },
  {
    name: 'PERFORM_COMPANY_NAME',
    flag: 'perform-company-name',
    default: 'Contoso',
    example: 'Contoso',
    says: 'Name of the company made on the first start.',
  },
  {
    name: 'PERFORM_NAMESPACE',
    flag: 'perform-namespace',
    default: 'contoso',
    example: 'contoso',
    says: 'Namespace of that company: what its people type as company name.',
  },
  {
    name: 'PERFORM_ADMIN',
    flag: 'perform-admin',
    default: 'admin',
    example: 'admin',
    says: 'User name of its first administrator.',
  },
  {
    name: 'PERFORM_ADMIN_PASSWORD',
    default: '',
    example: 'Correct-Horse-7',
    says: 'Password of its first administrator, used on the first start only; where it is empty a random one is made and printed once.',
  },
  {
    name: 'PERFORM_TRUST_PROXY',
    flag: 'perform-trust-proxy',
    default: '0',
    example: '1',
    says: '1 where a proxy in front ends TLS: its X-Forwarded-For is then believed.',
  },
  {
    name: 'PERFORM_LOG_LEVEL',
    flag: 'perform-log-level',
    default: 'info',
    example: 'debug',
    says: 'Least important log lines to write: fatal, error, warn, info, debug, trace or silent.',
  },
];

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/** Reads the environment: the configuration, or one sentence for each wrong value. */
export function readConfig(
  environment: Record<string, string | undefined>,
): { config: Config; problems?: never } | { problems: string[]; config?: never } {
  const problems: string[] = [];
  const value = (name: string): string => {
    const given = environment[name]?.trim();
    return given ? given : (settings.find((setting) => setting.name === name)?.default ?? '');
  };
  const port = /^\d{1,5}$/.test(value('PERFORM_PORT')) ? Number(value('PERFORM_PORT')) : 65_536;
  if (port > 65_535)
    problems.push(
      `PERFORM_PORT must be a port from 0 to 65535, for example 4100; it is ${quoted(value('PERFORM_PORT'))}.`,
    );
  // The standard public URL follows the port, so that moving the port alone is enough.
  const publicUrl = environment.PERFORM_PUBLIC_URL?.trim()
    ? value('PERFORM_PUBLIC_URL')
    : `http://localhost:${Math.min(port, 65_535)}`;
  const publicUrlProblem = addressProblem(publicUrl);
  if (publicUrlProblem) problems.push(publicUrlProblem);
  const databaseUrl = value('PERFORM_DATABASE');
  if (!/^(?:sqlite:.|postgres(?:ql)?:\/\/)/.test(databaseUrl))
    problems.push(
      `PERFORM_DATABASE must begin with sqlite: or postgres://, for example sqlite:data/perform.db; it is ${quoted(databaseUrl)}.`,
    );
  const entityId = value('PERFORM_ENTITY_ID');
  if (/\s/.test(entityId) || entityId.length > 1024)
    problems.push(
      `PERFORM_ENTITY_ID must be a URI without blanks, for example https://perform.trakstar.com; it is ${quoted(entityId)}.`,
    );
  const namespace = value('PERFORM_NAMESPACE');
  const namespaceSays = namespaceProblem(namespace);
  if (namespaceSays) problems.push(`PERFORM_NAMESPACE: ${namespaceSays} It is ${quoted(namespace)}.`);
  const trustProxy = value('PERFORM_TRUST_PROXY');
  if (!['0', '1'].includes(trustProxy))
    problems.push(`PERFORM_TRUST_PROXY must be 0 or 1; it is ${quoted(trustProxy)}.`);
  const logLevel = value('PERFORM_LOG_LEVEL');
  if (!logLevels.includes(logLevel))
    problems.push(`PERFORM_LOG_LEVEL must be one of ${logLevels.join(', ')}; it is ${quoted(logLevel)}.`);
  if (problems.length > 0) return { problems };
  // A password may begin or end with a blank: it is the one value that is not trimmed.
  const password = environment.PERFORM_ADMIN_PASSWORD;
  return {
    config: {
      host: value('PERFORM_HOST'),
      port,
      publicUrl: new URL(publicUrl).origin,
      databaseUrl,
      entityId,
      companyName: value('PERFORM_COMPANY_NAME'),
      namespace,
      administrator: value('PERFORM_ADMIN'),
      ...(password ? { administratorPassword: password } : {}),
      trustProxy: trustProxy === '1',
      logLevel,
    },
  };
}

function addressProblem(publicUrl: string): string | undefined {
  const url = URL.parse(publicUrl);
  const example = 'for example https://perform.contoso.example';
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search !== '' || url.hash !== '')
    return `PERFORM_PUBLIC_URL must be scheme, host and port alone, ${example}; it is ${quoted(publicUrl)}.`;
  const local =
    url.hostname === 'localhost' || url.hostname.endsWith('.localhost') || url.hostname === '127.0.0.1';
  if (url.protocol === 'http:' && !local)
    return `PERFORM_PUBLIC_URL must begin with https:// anywhere but on localhost, ${example}; it is ${quoted(publicUrl)}.`;
  return undefined;
}

function quoted(value: string): string {
  return JSON.stringify(value);
}
