// For the process that starts the forum: the way into /setup, and the gate that leads there.
export { setupGate } from './setup-gate.ts';
export { setupToken } from './setup-token.ts';
