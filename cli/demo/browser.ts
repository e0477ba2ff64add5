/** What a site answered, after redirects. */
export type Page = { url: string; status: number; text: string };

/** As much of a browser as the tutorial needs: cookies of one site, forms, JSON. It leaves no page of its site. */
export class Browser {
  readonly #origin: string;
  readonly #cookies = new Map<string, string>();

  constructor(origin: string) {
    this.#origin = origin;
  }

  get(path: string): Promise<Page> {
    return this.#follow('GET', path);
  }

  /** Sends a form as one of the site's own pages would. */
  post(path: string, fields: Record<string, string>): Promise<Page> {
    return this.#follow(
      'POST',
      path,
      new URLSearchParams(fields).toString(),
      'application/x-www-form-urlencoded',
    );
  }

  /**
   * Calls the Graph-shaped API with the session of the signed-in person.
   *
   * @throws Error with the API's sentence when it refuses
   */
  async api<T>(method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown): Promise<T> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const page = await this.#ask(method, `/v1.0${path}`, text, 'application/json');
    const answer: unknown = page.text ? JSON.parse(page.text) : undefined;
    if (page.status < 300) return answer as T;
    const { error } = answer as { error?: { message?: string } };
    throw new Error(`${method} ${path} was refused (${page.status}): ${error?.message ?? page.text}`);
  }

  async #follow(method: string, path: string, body?: string, type?: string): Promise<Page> {
    let page = await this.#ask(method, path, body, type);
    for (let hops = 0; page.location !== undefined && hops < 10; hops++) {
      const next = new URL(page.location, page.url);
      if (next.origin !== this.#origin) break;
      page = await this.#ask('GET', next.pathname + next.search);
    }
    return page;
  }

  async #ask(
    method: string,
    path: string,
    body?: string,
    type?: string,
  ): Promise<Page & { location?: string }> {
    const headers: Record<string, string> = { origin: this.#origin, 'sec-fetch-site': 'same-origin' };
    if (this.#cookies.size > 0)
      headers.cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    if (body !== undefined && type !== undefined) headers['content-type'] = type;
    const response = await fetch(this.#origin + path, {
      method,
      headers,
      body: body ?? null,
      redirect: 'manual',
    });
    for (const cookie of response.headers.getSetCookie()) this.#keep(cookie);
    const location = response.headers.get('location');
    const page = { url: this.#origin + path, status: response.status, text: await response.text() };
    return location === null ? page : { ...page, location };
  }

  #keep(cookie: string): void {
    const [pair = '', ...attributes] = cookie.split(';');
    const equals = pair.indexOf('=');
    const gone = attributes.some((attribute) => attribute.trim().toLowerCase() === 'max-age=0');
    if (gone) this.#cookies.delete(pair.slice(0, equals));
    else this.#cookies.set(pair.slice(0, equals), pair.slice(equals + 1));
  }
}
