import type { HttpClient } from './http-client.ts';
import { countersignUrl } from './platform.ts';

/** The Graph-shaped API as a script with a signed-in cookie uses it; every refusal is thrown with its text. */
export type Graph = {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: unknown): Promise<T>;
  patch(path: string, body: unknown): Promise<void>;
  remove(path: string): Promise<void>;
};

export class GraphRefusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export function graph(client: HttpClient, origin = countersignUrl): Graph {
  async function send(method: string, path: string, json?: unknown): Promise<string> {
    const asked = json === undefined ? { method } : { method, json };
    const answer = await client.ask(`${origin}/v1.0${path}`, {
      ...asked,
      headers: { accept: 'application/json', 'sec-fetch-site': 'same-origin' },
    });
    if (answer.status >= 200 && answer.status < 300) return answer.text;
    throw new GraphRefusal(answer.status, `${method} ${path} was answered ${answer.status}: ${answer.text}`);
  }
  const parsed = (text: string) => (text === '' ? undefined : JSON.parse(text));
  return {
    get: async (path) => parsed(await send('GET', path)),
    post: async (path, body) => parsed(await send('POST', path, body)),
    patch: async (path, body) => {
      await send('PATCH', path, body);
    },
    remove: async (path) => {
      await send('DELETE', path);
    },
  };
}

export type Collection<T> = { value: T[]; '@odata.nextLink'?: string };
