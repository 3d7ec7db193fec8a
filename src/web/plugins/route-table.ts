// The routes as a list: what tests walk to see that none is without its guard.
import fp from 'fastify-plugin';

export interface Route {
  readonly method: string;
  readonly url: string;
}
declare module 'fastify' {
  interface FastifyInstance {
    readonly routes: readonly Route[];
  }
}

export const routeTable = fp(
  async (app) => {
    const routes: Route[] = [];
    app.decorate('routes', routes);
    app.addHook('onRoute', ({ method, url }) => {
      for (const each of [method].flat()) routes.push({ method: each, url });
    });
  },
  { name: 'route-table' },
);
