import { type IncomingHttpHeaders, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

export type Answer = { status: number; headers: IncomingHttpHeaders; text: string; url: string };

export type Asked = {
  method?: string;
  form?: Record<string, string>;
  json?: unknown;
  headers?: Record<string, string>;
};

/** A browser without a screen: keeps cookies per host, follows nothing unless asked to. */
export type HttpClient = {
  cookies: Map<string, Map<string, string>>;
  ask(url: string, asked?: Asked): Promise<Answer>;
  /** `ask`, then every redirect by GET until an answer is none; at most ten. */
  follow(url: string, asked?: Asked): Promise<Answer>;
};

/** Nobody answered: the connection broke, or the proxy in front said that the service is down. */
export class ServiceDown extends Error {}

/** `hosts` says on which port of 127.0.0.1 a host is served; every other host is refused. */
export function httpClient(hosts: Record<string, number>): HttpClient {
  // A failure of the connection itself, as opposed to an answer that refuses.
  const down = (error: Error) => new ServiceDown(error.message, { cause: error });
  const cookies = new Map<string, Map<string, string>>();

  async function ask(url: string, asked: Asked = {}): Promise<Answer> {
    const target = new URL(url);
    const port =
      hosts[target.hostname] ?? (target.hostname === 'localhost' ? Number(target.port) : undefined);
    if (port === undefined) throw new Error(`${target.hostname} is not on this platform`);
    const jar = cookies.get(target.hostname) ?? new Map<string, string>();
    cookies.set(target.hostname, jar);
    const body = bodyOf(asked);
    const method = asked.method ?? (body === undefined ? 'GET' : 'POST');
    const headers: Record<string, string> = { host: target.host, accept: 'text/html,application/json' };
    if (jar.size > 0) headers.cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    if (method !== 'GET') Object.assign(headers, { origin: target.origin, 'sec-fetch-site': 'same-origin' });
    if (asked.json !== undefined) Object.assign(headers, { 'sec-fetch-site': 'same-origin' });
    if (body !== undefined) Object.assign(headers, body.headers);
    Object.assign(headers, asked.headers ?? {});
    const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
    return new Promise<Answer>((resolve, reject) => {
      const outgoing = send(
        {
          host: '127.0.0.1',
          port,
          servername: target.hostname,
          rejectUnauthorized: false,
          method,
          path: target.pathname + target.search,
          headers,
          agent: false,
        },
        (incoming) => {
          const parts: Buffer[] = [];
          incoming.on('data', (part: Buffer) => parts.push(part));
          incoming.on('error', (error) => reject(down(error)));
          incoming.on('end', () => {
            if (!incoming.complete) return reject(new ServiceDown('the answer broke off'));
            if (incoming.statusCode === 502) return reject(new ServiceDown('the proxy found nobody'));
            keepCookies(jar, incoming.headers['set-cookie'] ?? []);
            const text = Buffer.concat(parts).toString('utf8');
            resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text, url });
          });
        },
      );
      outgoing.on('error', (error) => reject(down(error)));
      outgoing.end(body?.text);
    });
  }

  async function follow(url: string, asked?: Asked): Promise<Answer> {
    let answer = await ask(url, asked);
    for (let hops = 0; hops < 10; hops += 1) {
      const { location } = answer.headers;
      if (answer.status < 300 || answer.status > 399 || location === undefined) return answer;
      answer = await ask(new URL(location, answer.url).href);
    }
    throw new Error(`more than ten redirects from ${url}`);
  }

  return { cookies, ask, follow };
}

function bodyOf(asked: Asked): { text: string; headers: Record<string, string> } | undefined {
  if (asked.form !== undefined) {
    const text = new URLSearchParams(asked.form).toString();
    return {
      text,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': `${Buffer.byteLength(text)}`,
      },
    };
  }
  if (asked.json === undefined) return undefined;
  const text = JSON.stringify(asked.json);
  return {
    text,
    headers: { 'content-type': 'application/json', 'content-length': `${Buffer.byteLength(text)}` },
  };
}

function keepCookies(jar: Map<string, string>, lines: string[]): void {
  for (const line of lines) {
    const [pair = '', ...attributes] = line.split(';');
    const at = pair.indexOf('=');
    const name = pair.slice(0, at).trim();
    if (attributes.some((attribute) => attribute.trim().toLowerCase() === 'max-age=0')) jar.delete(name);
    else jar.set(name, pair.slice(at + 1).trim());
  }
}
