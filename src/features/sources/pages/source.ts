// The page of one source: what it is, where it is, and taking it away.
import { mayRemoveSource, maySayPaywall } from '../../../domain/policy/sources.ts';
import { changesAtOnce, mayOfferSuggestion } from '../../../domain/policy/suggestions.ts';
import { ROLE_NAMES, readRole } from '../../../domain/source-roles.ts';
import type { Member } from '../../../domain/viewer.ts';
import type { Form } from '../../../web/forms.ts';
import { counted } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import type { ReasonFields } from '../../log/index.ts';
import { reasonView, type ReasonView } from '../../log/pages.ts';
import type { OpenSuggestion } from '../../suggestions/index.ts';
import type { TopicDetails, TopicSource } from '../../threads/index.ts';
import { flagHrefs, postedWith, sourceView, type SourceView } from '../../threads/pages.ts';
import type { ChangeField, ChangeName } from '../forms.ts';
import { type RoleChoice, roleChoices } from './list.ts';

export interface SourcePage {
  readonly head: Head;
  readonly back: { readonly href: string; readonly title: string };
  readonly source: SourceView;
  readonly action: string;
  readonly refusal: string;
  readonly form: Form<ChangeField>;
  readonly errors: Pick<Form<string>, 'errors' | 'hasErrors'>;
  readonly open: readonly SuggestedView[];
  /** What a moderator gives with a decision; null for members. */
  readonly reason: ReasonView | null;
  readonly addressButton: string;
  readonly roleButton: string;
  readonly roles: readonly RoleChoice[];
  readonly paywall: { readonly button: string; readonly value: ChangeName } | null;
  readonly canRemove: boolean;
  /** Why there is nothing to change (any more); '' when there is. */
  readonly closed: string;
}
/** What some members suggest, for others to look at and to say, too. */
export interface SuggestedView {
  readonly who: string;
  readonly what: string;
  /** Where a suggested address leads; '' for a role. */
  readonly href: string;
  /** The button of whoever suggested it; '' for others. */
  readonly takeBack: ChangeName | '';
  /** The button of others; null when they may not say so. */
  readonly agree: { readonly name: string; readonly value: string; readonly button: string } | null;
}

declare module '../../../web/views.ts' {
  interface Views {
    'sources/show': SourcePage;
  }
}

export interface SourceFacts {
  readonly viewer: Member;
  readonly limitsInForce: boolean;
  readonly now: Date;
  readonly topic: TopicDetails;
  readonly source: TopicSource;
  readonly open: readonly OpenSuggestion[];
  readonly form: Form<ChangeField>;
  readonly reasonForm: Form<ReasonFields>;
  readonly refusal?: string;
}

export function sourcePage(facts: SourceFacts): SourcePage {
  const { viewer, topic, source, form, reasonForm, open } = facts;
  const posted = postedWith(topic) === source;
  const may = abilities(facts);
  const button = (what: string) => (changesAtOnce(viewer) ? `Set ${what}` : `Suggest ${what}`);
  const errors = [...form.errors, ...reasonForm.errors];
  return {
    head: { title: 'Change a source', noindex: true, section: topic.sectionSlug },
    back: { href: paths.topicSources(topic.id), title: topic.title },
    source: sourceView(source, {
      title: posted ? topic.title : '',
      changeHref: () => '',
      flagHref: flagHrefs(viewer, topic),
    }),
    action: paths.topicSource(topic.id, source.id),
    refusal: facts.refusal ?? '',
    form,
    errors: { errors, hasErrors: errors.length > 0 },
    open: open.map((suggested) => suggestedView(suggested, viewer, may)),
    reason: changesAtOnce(viewer) ? reasonView(reasonForm, []) : null,
    addressButton: may.address.allowed ? button('this address') : '',
    roleButton: may.role.allowed ? button('this role') : '',
    roles: roleChoices(form.fields.role.value || source.role),
    paywall: may.paywall.allowed
      ? source.paywall
        ? { button: 'It can be read without paying', value: 'no-paywall' }
        : { button: 'It is behind a paywall', value: 'paywall' }
      : null,
    canRemove: may.remove.allowed,
    closed:
      may.address.allowed || Object.values(may).some(({ allowed }) => allowed) ? '' : may.address.reason,
  };
}

function abilities({ viewer, topic, source, now, limitsInForce }: SourceFacts) {
  const facts = { ...topic, limitsInForce };
  const kind = source.wrapper ? 'wrapped-address' : 'address';
  return {
    address: mayOfferSuggestion(viewer, kind, facts, now),
    role: mayOfferSuggestion(viewer, 'role', facts, now),
    paywall: maySayPaywall(viewer, { ...facts, editedToday: 0 }, now),
    remove: mayRemoveSource(
      viewer,
      {
        topic: { ...topic, sourceCount: topic.sources.length },
        source: {
          addedById: source.addedById,
          addedAt: new Date(source.addedAt),
          isFirst: postedWith(topic) === source,
        },
      },
      now,
    ),
  };
}

function suggestedView(
  { kind, shown, members, own }: OpenSuggestion,
  viewer: Member,
  may: ReturnType<typeof abilities>,
): SuggestedView {
  const isRole = kind === 'role';
  const role = readRole(shown);
  return {
    who: counted(members, 'member suggests', 'members suggest'),
    what: isRole && role ? ROLE_NAMES[role] : shown,
    href: isRole ? '' : shown,
    takeBack: own ? (isRole ? 'take-back-role' : 'take-back-address') : '',
    agree:
      !own && may[isRole ? 'role' : 'address'].allowed
        ? {
            name: isRole ? 'agree-role' : 'agree-address',
            value: shown,
            button: changesAtOnce(viewer) ? 'Apply' : 'Suggest the same',
          }
        : null,
  };
}
