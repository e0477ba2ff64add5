/**
 * Loaded into a service with `--import`: prints, once it is ready, every route its router knows. Fastify announces
 * each of its instances on this channel, so the service needs no door of its own for it.
 */
import { subscribe } from 'node:diagnostics_channel';

type Route = { method: string | string[]; url: string };
type Instance = {
  addHook(name: 'onRoute', hook: (route: Route) => void): void;
  addHook(name: 'onReady', hook: (done: () => void) => void): void;
};

subscribe('fastify.initialization', (message) => {
  const { fastify } = message as { fastify: Instance };
  const routes: { method: string; url: string }[] = [];
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const each of [method].flat()) routes.push({ method: each, url });
  });
  fastify.addHook('onReady', (done) => {
    console.log(JSON.stringify({ event: 'routes', routes }));
    done();
  });
});
