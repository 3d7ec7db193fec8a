// README.md of an archive: what lies in it.
import { momentView } from '../../../web/moments.ts';

export function readme(facts: {
  readonly name: string;
  readonly siteUrl: string;
  readonly now: Date;
}): string {
  const { name, siteUrl, now } = facts;
  return `# The data of ${name}

What ${siteUrl} holds about this account, as it was on ${momentView(now).full}. Times are in UTC, in ISO 8601.

| file | holds |
|---|---|
| account.json | name and former names, e-mail address and a change of it that is under way, profile, settings, what the trust step is computed from, open sessions and earlier logins with device and beginning of the network address, in how many browsers you logged in and when, what was noticed when you signed up, since when two-step login is on, passkeys by name, accounts at other sites, who invited you and whom you invited, a deletion that you asked for |
| topics.json | topics you opened: text as Markdown, id, address, times, state, earlier texts |
| replies.json | your replies, in the same way |
| sources.json | articles you brought, to your topics and to those of others |
| suggestions.json | what you suggested: titles, tags, addresses and roles of sources, and what became of it |
| votes.json | what you upvoted, and when |
| flags.json | what you reported to the moderators, and what became of it |
| visits.json | which topics you have read, and up to which post |
| follows.json | what you follow (\`all\`) and mute (\`nothing\`): topics, tags, sections, sites, members by number, words |
| saves.json | the posts that you keep, with your notes |
| drafts.json | what you began to write and have not sent, by the fields of its form |
| notice-choices.json | by which channels you chose to be told of what; kinds that are missing go by the forum's own choice |
| notifications.json | what you were told, and by which channels |
| mailings.json | for which days and weeks of late a mail was ordered for you |
| decisions.json | what moderators decided about you and your posts, with the rule and the reason |
| sanctions.json | warnings, silences and suspensions |
| notes.json | what moderators noted about you for each other |
| appeals.json | your appeals |
| talks.json | what moderators wrote to you about a post or decision, and what you answered |
| topics/ | each of your topics as a file to read |
| replies/ | your replies as files to read, one a month |

\`state\` is \`visible\`, \`held\` (awaiting approval), \`withdrawn\` (by you) or \`hidden\` (by a moderator).

Decisions that you made as a moderator or admin stand in the public log, and not here.

Not in it: your password and the keys of two-step login, which are stored so that they cannot be handed out; earlier texts
that a moderator blanked; and what concerns others, such as who flagged a post of
yours, or noted something about you.
`;
}
