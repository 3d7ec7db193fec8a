// The door for showing: the post in question on moderators' pages.
export { quoteView, type QuoteView } from './pages/quote.ts';
