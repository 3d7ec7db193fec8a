// The forum itself, for other features: what it is called, how it looks, which sections it has.
export { openSite, type SiteOptions } from './source.ts';
export { loadSettings, type StoredSettings } from './queries.ts';
export {
  addSection,
  changeSection,
  changeSettings,
  removeSection,
  type Changes,
  type SectionChange,
} from './commands.ts';
export {
  importSection,
  installDefaults,
  installForum,
  installSettings,
  type ImportedSection,
  type Installation,
} from './install.ts';
export { renderText } from './texts.ts';
export { begunColumn, type Begun, findBegun, firstStepsOf } from './beginning.ts';
