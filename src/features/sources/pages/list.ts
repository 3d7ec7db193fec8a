// The page on which the sources of a topic stand and are added to.
import { ROLE_HINTS, ROLE_NAMES, SOURCE_ROLES } from '../../../domain/source-roles.ts';
import { mayOfferSource, takesSources } from '../../../domain/policy/sources.ts';
import { mayOfferSuggestion } from '../../../domain/policy/suggestions.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import type { Form } from '../../../web/forms.ts';
import { counted, momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import type { EarlierTopic } from '../../links/index.ts';
import type { TopicDetails } from '../../threads/index.ts';
import { flagHrefs, sourceAnchor, sourceViews, type SourceView } from '../../threads/pages.ts';
import type { AddField } from '../forms.ts';

export interface RoleChoice {
  readonly value: string;
  readonly label: string;
  readonly hint: string;
  readonly checked: boolean;
  /** The first one's is the field's name, where the list of errors leads. */
  readonly id: string;
}

export interface SourcesPage {
  readonly head: Head;
  readonly back: { readonly href: string; readonly title: string };
  readonly heading: string;
  readonly sources: readonly SourceView[];
  /** Why what was sent was not added, when no field is to blame. */
  readonly refusal: string;
  readonly signInHref: string;
  /** The source that is this article already. */
  readonly here: { readonly href: string; readonly title: string } | null;
  /** The other topic that is about it. */
  readonly elsewhere: {
    readonly title: string;
    readonly href: string;
    readonly posted: MomentView;
    readonly replies: string;
  } | null;
  readonly add: {
    readonly action: string;
    readonly roles: readonly RoleChoice[];
    readonly paywall: boolean;
  } | null;
  /** Why nothing can be added (any more); '' when something can. */
  readonly closed: string;
  readonly inviteHref: string;
  readonly form: Form<AddField>;
}
declare module '../../../web/views.ts' {
  interface Views {
    'sources/list': SourcesPage;
  }
}

export interface SourcesFacts {
  readonly viewer: Viewer;
  readonly now: Date;
  readonly topic: TopicDetails;
  readonly form: Form<AddField>;
  readonly paywall?: boolean;
  readonly refusal?: string;
  readonly signInHref?: string;
  readonly here?: { readonly id: SourceId; readonly title: string };
  readonly elsewhere?: EarlierTopic;
}
type SourceId = TopicDetails['sources'][number]['id'];

export function sourcesPage(facts: SourcesFacts): SourcesPage {
  const { viewer, now, topic, form, here, elsewhere } = facts;
  const withCount = { ...topic, sourceCount: topic.sources.length };
  const visits = viewer.kind === 'visitor';
  const answer = visits ? takesSources(withCount, now) : mayOfferSource(viewer, withCount, now);
  // Whoever sent something keeps it, whatever is in the way.
  const shown = form.fields.url.value !== '' || form.fields.body.value !== '' || (answer.allowed && !visits);
  const changes = mayOfferSuggestion(viewer, 'wrapped-address', { ...topic, limitsInForce: false }, now);
  return {
    head: { title: `Sources: ${topic.title}`, noindex: true, section: topic.sectionSlug },
    back: { href: paths.topic(topic), title: topic.title },
    heading: `Sources (${topic.sources.length})`,
    sources: sourceViews(topic, {
      title: topic.title,
      changeHref: ({ id }) => (changes.allowed ? paths.topicSource(topic.id, id) : ''),
      flagHref: flagHrefs(viewer, topic),
    }),
    refusal: facts.refusal ?? '',
    signInHref: facts.signInHref ?? '',
    here: here ? { href: `#${sourceAnchor(here.id)}`, title: here.title } : null,
    elsewhere: elsewhere
      ? {
          title: elsewhere.title,
          href: paths.topic(elsewhere),
          posted: momentView(elsewhere.postedAt),
          replies: counted(elsewhere.replyCount, 'reply', 'replies'),
        }
      : null,
    add: shown
      ? {
          action: paths.topicSources(topic.id),
          roles: roleChoices(form.fields.role.value),
          paywall: facts.paywall ?? false,
        }
      : null,
    closed: answer.allowed || facts.refusal !== undefined ? '' : answer.reason,
    inviteHref: visits && answer.allowed && !shown ? paths.signIn(paths.topicSources(topic.id)) : '',
    form,
  };
}

export function roleChoices(chosen: string): RoleChoice[] {
  return SOURCE_ROLES.map((role, index) => ({
    value: role,
    label: capitalised(ROLE_NAMES[role]),
    hint: ROLE_HINTS[role],
    checked: role === chosen,
    id: index === 0 ? 'role' : `role-${role}`,
  }));
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
