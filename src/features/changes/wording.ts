// Each change in words, and where it leads: to the place, to the history of a text, or to the log.
import { paths } from '../../web/paths.ts';
import type { ChangeKind, ChangeRow } from './queries.ts';

/** A sentence without its end; `by` is said after it. */
type Wording = (row: ChangeRow) => string;

const reply =
  (done: string): Wording =>
  ({ post }) =>
    post?.opening ? `The topic was ${done}` : `A reply was ${done}`;
const source =
  (done: string): Wording =>
  ({ host }) =>
    host === null ? `A source was ${done}` : `A source was ${done}: ${host}`;
const says =
  (text: string): Wording =>
  () =>
    text;

const WORDINGS: Record<ChangeKind, Wording> = {
  'topic-posted': ({ merged }) =>
    merged ? 'Another topic, merged into this one since, was posted' : 'Posted',
  'reply-posted': says('Reply'),
  'post-edited': ({ post }) => (post?.opening ? 'The text was edited' : 'A reply was edited'),
  'title-edited': says('The title was edited'),
  'tags-edited': says('The tags were changed'),
  'section-set': says('The section was changed'),
  'source-added': source('added'),
  'source-edited': source('corrected'),
  'source-removed': source('removed'),
  'headline-changed': ({ host }) =>
    host === null ? 'A publisher changed a headline' : `The headline was changed at ${host}`,
  'source-died': source('found dead'),
  'source-revived': source('found working again'),
  'post-withdrawn': reply('deleted by its author'),
  'post-unwithdrawn': reply('brought back by its author'),
  'post-hidden': reply('hidden by a moderator'),
  'post-restored': reply('restored by a moderator'),
  'topic-hidden': says('The topic was hidden by a moderator'),
  'topic-restored': says('The topic was restored by a moderator'),
  'topic-locked': says('The topic was locked by a moderator'),
  'topic-unlocked': says('The topic was unlocked by a moderator'),
  'topic-pinned': says('The topic was pinned by a moderator'),
  'topic-unpinned': says('The topic was unpinned by a moderator'),
  'reply-moved': says('A reply was moved here by a moderator'),
  'topic-merged': says('Another topic was merged into this one by a moderator'),
  'topic-unmerged': says('A merge of this topic was undone by a moderator'),
  'revision-blanked': says('An earlier text was blanked by a moderator'),
};

/** What happened, as one line says it. */
export function wordingOf(row: ChangeRow): string {
  const text = WORDINGS[row.kind](row);
  const named = row.by !== null && !text.endsWith('author');
  return named ? `${text} by ${row.by}` : text;
}

/** Where the line leads. */
export function placeOf({ kind, post, topic }: ChangeRow): string {
  if ((kind === 'post-edited' && post?.visible) || kind === 'title-edited')
    return post ? paths.postHistory(post.id) : paths.topic(topic);
  if (kind.startsWith('source-') || kind === 'headline-changed') return paths.topicSources(topic.id);
  return post && !post.opening ? paths.post(post.id) : paths.topic(topic);
}

/** "3 replies by anna, ben and 1 more": those who are known by name, each once. */
export function repliesBy(names: readonly (string | null)[]): string {
  const count = names.length === 1 ? 'Reply' : `${names.length} replies`;
  const known = [...new Set(names.filter((name) => name !== null))];
  if (known.length === 0) return count;
  const [shown, rest] = known.length > 3 ? [known.slice(0, 2), known.length - 2] : [known, 0];
  const all = rest > 0 ? [...shown, `${rest} more`] : shown;
  const last = all.at(-1) ?? '';
  return `${count} by ${all.length === 1 ? last : `${all.slice(0, -1).join(', ')} and ${last}`}`;
}
