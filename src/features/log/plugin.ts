// The public log and its figures; and for moderators alone, what changed while they were away.
import fp from 'fastify-plugin';
import { figuresRoutes } from './figures.routes.ts';
import { logRoutes } from './log.routes.ts';
import { noteShift, shiftRoutes } from './shift.routes.ts';

// Without a scope of its own: moderators are at work on the pages of the features after this one.
export const log = fp(
  async (app) => {
    app.addHook('onResponse', noteShift);
    await app.register(logRoutes);
    await app.register(figuresRoutes);
    await app.register(shiftRoutes);
  },
  { name: 'log', dependencies: ['sessions'] },
);
