// The view models of incoming news; nobody else shows them.
export { feedsPage } from './pages/feeds.ts';
export { incomingPage } from './pages/incoming.ts';
