// The administration's view models; other features that are administered take its tabs.
export { adminTabs, type Tab } from './pages/frame.ts';
export { membersPage, type MembersFacts } from './pages/members.ts';
export { moderatorsPage, PERIODS } from './pages/moderators.ts';
export { sectionsPage, type SectionsFacts } from './pages/sections.ts';
export { settingsPage } from './pages/settings.ts';
export { setupClosedPage, setupPage } from './pages/setup.ts';
