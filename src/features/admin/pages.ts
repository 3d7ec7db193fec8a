// The administration's view models; nobody else shows them.
export { membersPage, type MembersFacts } from './pages/members.ts';
export { sectionsPage, type SectionsFacts } from './pages/sections.ts';
export { settingsPage } from './pages/settings.ts';
export { setupClosedPage, setupPage } from './pages/setup.ts';
