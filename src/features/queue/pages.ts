// The door for showing: what an item of the queue shows.
export type { ItemView } from './pages/item.ts';
