// The pages on which moderators put right what stands in the wrong place: moving a reply, blanking an earlier text,
// giving a topic another section.
import type { CannedReason } from '../../../domain/canned-reasons.ts';
import { escapeHtml, type SafeHtml } from '../../../lib/html.ts';
import type { Form } from '../../../web/forms.ts';
import { counted } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { Section } from '../../../web/site.ts';
import { quoteView } from '../../flags/pages.ts';
import type { ReasonFields } from '../../log/index.ts';
import type { PostShown, RevisionShown, TopicShown } from '../../threads/index.ts';
import type { MoveFields, SectionFields } from '../forms.ts';
import { choiceOf, type DecisionPage, pageOf } from './decision.ts';

/** @param below how many replies stand below the one to be moved */
export function movePage(
  post: PostShown,
  below: number,
  form: Form<MoveFields>,
  reasons: readonly CannedReason[],
): DecisionPage {
  const along = below === 0 ? '' : ` with the ${counted(below, 'reply', 'replies')} below it`;
  return {
    ...pageOf('Move this reply', post.topic, form, reasons),
    lead: `It goes${along} to another topic, or to another place in this one. Votes stay, and its address leads to where it stands then.`,
    back: { href: paths.post(post.id), title: post.topic.title },
    quote: quoteView(post),
    action: paths.postMove(post.id),
    place: {
      label: 'Where to',
      hint: 'The address of a topic (or its number), to stand on its own there; the address of a post, to stand below it.',
      field: form.fields.to,
    },
    button: { label: 'Move', icon: 'merge', value: 'move', danger: false },
  };
}

export function blankPage(
  post: PostShown,
  revision: RevisionShown,
  form: Form<ReasonFields>,
  reasons: readonly CannedReason[],
): DecisionPage {
  const text =
    revision.bodyMd.trim() === '' ? '' : `<p>${escapeHtml(revision.bodyMd).replaceAll('\n', '<br>')}</p>`;
  return {
    ...pageOf('Blank this earlier text', post.topic, form, reasons),
    lead: 'It is erased for everyone, its title included, and cannot be had back. What stands there now stays as it is: hide that if it must go, too.',
    back: { href: paths.postHistory(post.id), title: 'History' },
    quote: {
      ...quoteView(post),
      title: revision.title ?? '',
      bodyHtml: text as SafeHtml,
      blank: 'Only the title was another one.',
    },
    action: paths.postBlank(post.id, revision.id),
    button: { label: 'Blank it', icon: 'hide', value: 'blank', danger: true },
  };
}

export function sectionPage(
  topic: TopicShown,
  sections: readonly Section[],
  form: Form<SectionFields>,
  reasons: readonly CannedReason[],
): DecisionPage {
  const options = sections.map(({ slug, name, description }) => ({
    value: slug,
    label: name,
    hint: description,
  }));
  const { value, error } = form.fields.section;
  return {
    ...pageOf('Move to another section', topic, form, reasons),
    lead: 'Its address stays the same.',
    action: paths.topicSection(topic.id),
    choice: choiceOf('Section', 'section', value, options, error),
    button: { label: 'Move', icon: 'merge', value: 'section', danger: false },
  };
}
