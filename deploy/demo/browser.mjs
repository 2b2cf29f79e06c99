// SPDX-License-Identifier: Apache-2.0
// A browser without a window: keeps cookies as one does, follows redirects, submits the forms of a sign-in.
import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';

const navigation = {
  accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
  'sec-fetch-user': '?1',
};
const limit = 20; // redirects of one visit

const trusted = (url) => url.protocol === 'https:' || ['localhost', '127.0.0.1'].includes(url.hostname);
const under = (path, prefix) => path === prefix || path.startsWith(prefix.endsWith('/') ? prefix : `${prefix}/`);

function readCookie(line, url) {
  const [pair, ...attributes] = line.split(';').map((part) => part.trim());
  const at = pair.indexOf('=');
  const cookie = { name: pair.slice(0, at), value: pair.slice(at + 1), domain: url.hostname, path: '/', attributes: {} };
  for (const attribute of attributes) {
    const [name, value = ''] = attribute.split(/=(.*)/s);
    cookie.attributes[name.toLowerCase()] = value;
  }
  const { domain, path, 'max-age': age, expires } = cookie.attributes;
  if (domain) cookie.domain = domain.replace(/^\./, '');
  cookie.hostOnly = !domain;
  if (path?.startsWith('/')) cookie.path = path;
  cookie.secure = 'secure' in cookie.attributes;
  cookie.gone = age !== undefined ? Number(age) <= 0 : expires !== undefined && Date.parse(expires) <= Date.now();
  return cookie;
}

// RFC 6265bis, 5.7: what a browser refuses to store.
function isAcceptable(cookie, url) {
  const inside = cookie.domain === url.hostname || url.hostname.endsWith(`.${cookie.domain}`);
  if (!inside || (cookie.secure && !trusted(url))) return false;
  if (cookie.name.startsWith('__Secure-')) return cookie.secure;
  if (cookie.name.startsWith('__Host-')) return cookie.secure && cookie.hostOnly && cookie.attributes.path === '/';
  return cookie.name.length + cookie.value.length <= 4096;
}

export class CookieJar {
  #cookies = new Map();

  store(lines, url) {
    for (const cookie of lines.map((line) => readCookie(line, url))) {
      if (!isAcceptable(cookie, url)) continue;
      const key = [cookie.domain, cookie.hostOnly, cookie.path, cookie.name].join('\t');
      if (cookie.gone) this.#cookies.delete(key);
      else this.#cookies.set(key, cookie);
    }
  }

  // The cookies that go with a request to `url`.
  cookiesFor(url) {
    return [...this.#cookies.values()].filter(
      (one) =>
        (one.domain === url.hostname || (!one.hostOnly && url.hostname.endsWith(`.${one.domain}`))) &&
        under(url.pathname, one.path) &&
        (!one.secure || trusted(url)),
    );
  }

  header(url) {
    return this.cookiesFor(new URL(url)).map((one) => `${one.name}=${one.value}`).join('; ');
  }
}

// One request, redirects not followed: { status, headers, rawHeaders, cookies, text, url }.
export async function send(address, { method = 'GET', headers = {}, body, target, resolve = {}, ca } = {}) {
  const url = new URL(address);
  const { request: start } = url.protocol === 'https:' ? https : http;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const request = start({
    agent: false,
    host: resolve[host] ?? host,
    servername: host,
    port: url.port || (url.protocol === 'https:' ? 443 : 80),
    method,
    path: target ?? url.pathname + url.search,
    headers: { host: url.host, ...headers },
    ca,
    signal: AbortSignal.timeout(30_000),
  });
  request.end(body);
  const [response] = await once(request, 'response');
  const parts = [];
  for await (const part of response) parts.push(part);
  return {
    url,
    status: response.statusCode,
    headers: response.headers,
    rawHeaders: response.rawHeaders,
    cookies: response.headers['set-cookie'] ?? [],
    text: Buffer.concat(parts).toString(),
  };
}

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const unescape = (text) =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (all, hex, decimal, name) =>
    name ? (entities[name] ?? all) : String.fromCodePoint(hex ? parseInt(hex, 16) : Number(decimal)),
  );

function attributesOf(tag) {
  const attributes = {};
  for (const [, name, quoted, single, plain] of tag.matchAll(/([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))/g))
    attributes[name.toLowerCase()] = unescape(quoted ?? single ?? plain);
  return attributes;
}

// The forms of a page that post, each with what its hidden fields hold: { id, action, fields }.
export function formsOf(html) {
  return [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gis)]
    .map(([, tag, inside]) => ({ ...attributesOf(tag), inside }))
    .filter(({ method }) => method?.toLowerCase() === 'post')
    .map(({ id, action = '', inside }) => {
      const inputs = [...inside.matchAll(/<input\b([^>]*)>/gi)].map(([, tag]) => attributesOf(tag));
      const hidden = inputs.filter(({ type, name }) => type?.toLowerCase() === 'hidden' && name);
      return { id, action, fields: Object.fromEntries(hidden.map(({ name, value = '' }) => [name, value])) };
    });
}

export class Browser {
  jar = new CookieJar();
  visited = [];
  #options;

  // `resolve` maps names to addresses; `ca` is what to trust; `headers` go with every request.
  constructor(options = {}) {
    this.#options = options;
  }

  // One request with this browser's cookies, as a page's script or an address typed would make it.
  async request(address, { headers = {}, ...rest } = {}) {
    const url = new URL(address);
    const cookie = this.jar.header(url);
    const { resolve, ca, headers: always } = this.#options;
    const all = { ...always, ...headers, ...(cookie && { cookie }) };
    const response = await send(url, { resolve, ca, ...rest, headers: all });
    this.jar.store(response.cookies, url);
    this.visited.push({ method: rest.method ?? 'GET', url: url.href, status: response.status });
    return response;
  }

  // A navigation: redirects are followed, and a page that only posts a form (form_post) is let do so.
  async visit(address, { headers = {}, ...options } = {}) {
    return this.continue(await this.request(address, { ...options, headers: { ...navigation, ...headers } }));
  }

  // Goes on from an answer as visit() does.
  async continue(response) {
    for (let hops = 0; hops < limit; ++hops) {
      const submitsItself = /document\.[\w.()[\]'-]+\.submit\(\)/.test(response.text) && formsOf(response.text)[0];
      if (response.headers.location) {
        response = await this.request(new URL(response.headers.location, response.url), { headers: navigation });
      } else if (submitsItself) {
        response = await this.submit(response, submitsItself.action, submitsItself.fields);
      } else {
        return response;
      }
    }
    throw new Error(`a loop of redirects at ${response.url}:\n${this.visited.map((one) => one.url).join('\n')}`);
  }

  // Posts a form of the page `from`; gives the next response, not followed.
  submit(from, action, fields) {
    return this.request(new URL(action, from.url), {
      method: 'POST',
      headers: { ...navigation, origin: from.url.origin, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    });
  }

  // Goes to `address`, is whom `login` names at the demo provider's page, and ends where the gate leads.
  async signIn(address, login) {
    const choice = await this.visit(address);
    if (!choice.url.pathname.startsWith('/interaction/'))
      throw new Error(`no sign-in page but ${choice.status} at ${choice.url}\n${choice.text.slice(0, 2000)}`);
    return this.continue(await this.submit(choice, choice.url.pathname, { login }));
  }
}
