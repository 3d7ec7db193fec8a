// The week, for other features.
export { listSitemapWeeks, listWeeksWithTopics, type WeekWithTopics } from './queries/kept-weeks.ts';
