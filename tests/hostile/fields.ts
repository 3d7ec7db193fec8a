// Every field that a person can fill: which form it stands in, how it comes back when it is refused, and where it shows
// when it is not. tests/hostile/fields.test.ts fails when the forum has a field that is not here.
import type { Form } from './fields-form.ts';
import { MEMBERS } from './fields-members.ts';
import { MODERATING } from './fields-moderating.ts';
import { TAGGING } from './fields-tagging.ts';
import { RUNNING } from './fields-running.ts';
import { WRITING } from './fields-writing.ts';

export const FORMS: readonly Form[] = [...WRITING, ...MODERATING, ...TAGGING, ...MEMBERS, ...RUNNING];
