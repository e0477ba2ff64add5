import type { Collection, ErrorBody } from '@countersign/idp/resources.ts';

/**
 * A refusal of the API. `message` is the sentence to show, `requestId` what support asks for, `targets` the
 * sentence for each property at fault by its path (`web.redirectUris.0`).
 */
export class GraphError extends Error {
  readonly status: number;
  readonly code: string;
  readonly requestId: string | null;
  readonly targets: ReadonlyMap<string, string>;

  constructor(
    status: number,
    code: string,
    message: string,
    requestId: string | null,
    targets: Map<string, string>,
  ) {
    super(message);
    this.name = 'GraphError';
    this.status = status;
    this.code = code;
    this.requestId = requestId;
    this.targets = targets;
  }
}

const prefix = '/v1.0';

/**
 * The sentence for a field: which property it is about is plain there, so `Invalid value for property 'x': must begin
 * with https://` becomes `Must begin with https://`.
 */
export function besideTheField(message: string): string {
  const rest = message.replace(/^[^:']*property '[^']*':\s*/, '');
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

async function readError(response: Response): Promise<GraphError> {
  const text = await response.text();
  try {
    const { error } = JSON.parse(text) as ErrorBody;
    const targets = new Map<string, string>();
    for (const detail of error.details ?? []) {
      if (detail.target !== undefined) targets.set(detail.target, besideTheField(detail.message));
    }
    return new GraphError(
      response.status,
      error.code,
      error.message,
      error.innerError?.['request-id'] ?? null,
      targets,
    );
  } catch {
    // A proxy in front of the service answered: all there is to tell is the status.
    const sentence = `The service answered with status ${response.status}. Try again in a moment.`;
    return new GraphError(response.status, 'Unreadable', sentence, null, new Map());
  }
}

/** Leaves for the sign-in page and never settles: the page that asked is about to go away. */
function signInAgain(): Promise<never> {
  const here = `${window.location.pathname}${window.location.search}`;
  window.location.assign(`/sign-in?return=${encodeURIComponent(here)}`);
  return new Promise<never>(() => {});
}

async function send(
  method: string,
  address: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(address, {
      method,
      credentials: 'same-origin',
      headers: {
        Accept: 'application/json',
        ConsistencyLevel: 'eventual',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new GraphError(
      0,
      'Unreachable',
      'The service cannot be reached. Check your connection and try again.',
      null,
      new Map(),
    );
  }
  if (response.status === 401) {
    // Leaving now would throw away what somebody entered, without a word.
    if (method === 'GET' && !document.querySelector('[role="dialog"]')) return signInAgain();
    throw new GraphError(
      401,
      'SessionEnded',
      'Your session has ended. What you entered is still here: sign in again in another tab, then come back and do this once more.',
      null,
      new Map(),
    );
  }
  if (!response.ok) throw await readError(response);
  return response;
}

/**
 * `/users` → `/v1.0/users`; a nextLink is complete already. Of a nextLink the origin is dropped: the cookie counts
 * only for the origin this page came from.
 */
function addressFor(path: string): string {
  if (path.startsWith('/')) return `${prefix}${path}`;
  const { pathname, search } = new URL(path);
  return `${pathname}${search}`;
}

/** Reads one resource, or one page of a list. */
export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await send('GET', addressFor(path), undefined, signal);
  return (await response.json()) as T;
}

/** Reads a whole list, page by page; only for lists that are short by nature (roles, my own assignments). */
export async function getAll<T>(path: string, signal?: AbortSignal): Promise<T[]> {
  const all: T[] = [];
  let next: string | undefined = path;
  while (next !== undefined) {
    const page: Collection<T> = await get<Collection<T>>(next, signal);
    all.push(...page.value);
    next = page['@odata.nextLink'];
  }
  return all;
}

/** Creates; the answer is the resource, or undefined where the API answers 204. */
export async function post<T>(path: string, body: unknown): Promise<T> {
  const response = await send('POST', addressFor(path), body);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

export async function patch(path: string, body: unknown): Promise<void> {
  await send('PATCH', addressFor(path), body);
}

export async function remove(path: string): Promise<void> {
  await send('DELETE', addressFor(path));
}

/** A string literal of `$filter`: quotes doubled, then safe inside an address. */
export function literal(text: string): string {
  return encodeURIComponent(`'${text.replaceAll("'", "''")}'`);
}

/** The value of `$search` that looks for the text in any of the properties: `"displayName:b" OR "userPrincipalName:b"`. */
export function searchFor(properties: readonly string[], text: string): string {
  const safe = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
  return encodeURIComponent(properties.map((property) => `"${property}:${safe}"`).join(' OR '));
}
