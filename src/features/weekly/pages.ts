// The door for showing: a week's topics under their sections, as feeds show them too.
export { bySection } from './pages/sections.ts';
