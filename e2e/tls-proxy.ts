import { request, Agent } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Identity } from './certificate.ts';

export type TlsProxy = { port: number; close(): Promise<void> };

/**
 * Ends TLS in front of a service that speaks plain HTTP on 127.0.0.1, as a deployment's load balancer does: the
 * service learns of the browser's connection from X-Forwarded-* alone. Answers 502 while the service is down.
 */
export async function tlsProxy(identity: Identity, backendPort: () => number): Promise<TlsProxy> {
  const agent = new Agent({ keepAlive: false });
  const server = createServer(
    { key: identity.privateKey, cert: identity.certificate },
    (incoming, answer) => {
      const headers = {
        ...incoming.headers,
        'x-forwarded-for': incoming.socket.remoteAddress ?? '127.0.0.1',
        'x-forwarded-proto': 'https',
        'x-forwarded-host': incoming.headers.host ?? '',
      };
      const onward = request({
        agent,
        host: '127.0.0.1',
        port: backendPort(),
        method: incoming.method,
        path: incoming.url,
        headers,
      });
      onward.on('response', (response) => {
        answer.writeHead(response.statusCode ?? 502, response.rawHeaders);
        response.pipe(answer);
        response.on('error', () => answer.destroy());
      });
      onward.on('error', () => {
        if (answer.headersSent) answer.destroy();
        else
          answer
            .writeHead(502, { 'content-type': 'text/plain' })
            .end('The service behind this proxy is down.');
      });
      incoming.pipe(onward);
    },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
