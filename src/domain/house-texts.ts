// The rules, about and privacy pages that a new forum begins with, in Markdown. Admins rewrite them as settings; the
// moderation log and the canned reasons refer to the rules by number.
import { NEW_MEMBER, WINDOWS } from './limits.ts';
import { MAILINGS_KEPT } from './mail-times.ts';
import { REPORTS, TRACES } from './moderation-limits.ts';
import { spellDuration } from './times.ts';

/** Lines are wrapped below for whoever reads the source; in the forum's Markdown a line break is shown as one. */
function unwrapped(text: string): string {
  return text.replace(/(?<=[^\n])\n *(?=[^\n #-])/g, ' ');
}

export const DEFAULT_RULES = unwrapped(`\
Seven rules, so that a disagreement here teaches something.

# 1. Show the source

Link to where you know it from, as close to the origin as you can get: the filing before the press release, the press
release before the report, the report before the summary. If you only heard it, say that you only heard it.

# 2. Answer what was said

Argue with the claim and leave the person alone. No insults, no private details, no following somebody from topic to
topic to settle a score.

# 3. Stay on the subject

Topics are about the AI industry and the work in it. Replies are about the topic. A new thought that deserves its own
discussion deserves its own topic.

# 4. Sell nothing, hide nothing

Your own work is welcome when it is news and you say that it is yours. Advertising is not. If you work for, invest in,
compete with or are paid by somebody a post concerns, say so in the post.

# 5. Leave the headline alone

Use the publisher's title. Shorten it if you must; do not sharpen it.

# 6. Write it yourself

People come here to read people. Where a model wrote a passage, mark the post as such, and stand for every word of it
as if it were yours.

# 7. Keep to the law

Nothing that breaks the law or somebody's rights: no stolen documents full of personal data, no copied articles, no
threats.

---

**When a rule is broken**, a moderator hides the post. It keeps its place with the reason in it, the decision stands in
the [public log](/moderation/log), and the author is told which rule it was. Whoever goes on breaking rules is warned, then
silenced or suspended for a time. Nobody here is made invisible without being told.

**If you think a decision is wrong**, appeal from the notice that told you of it, within six months: another moderator decides. A
decision that was wrong is undone, and that stands in the log as well.

**What a program does.** Posts can be refused, or wait for a moderator, because of a word or a domain that moderators have
listed; first posts with a link can wait, too. Nothing is hidden and nobody is suspended without a person's decision. Whoever
sees something illegal can report it at the post, without an account.

**Second thoughts.** An edit within ${spellDuration(WINDOWS.silentEdit)} leaves no mark; after that, for
${spellDuration(WINDOWS.edit)}, earlier versions stay readable. You can withdraw what you wrote at any time.
`);

export const DEFAULT_ABOUT = unwrapped(`\
Tokenwire is a place to discuss news of the AI industry: what was announced, what it rests on, and what follows.

Members post a link to an article, or a text of their own. Others reply, and upvote what taught them something.
Everybody can read everything without an account.

There are no downvotes, no points to collect and no ranking of members. A topic stands high because many people, not
one, found it worth an upvote or an answer; it sinks with time. Moderators can pin a topic for
some days, and an admin can weigh a section up or down.

What moderators do stands in the [public log](/moderation/log) with the [rule](/rules) it rests on.

On a grown forum the first ${NEW_MEMBER.heldPostsWithLink} posts of a new member that contain a link wait for a moderator. It keeps
advertising out, and it ends by itself.
`);

export const DEFAULT_PRIVACY = unwrapped(`\
What this forum knows about you, and who else does.

# If you only read

No account, no profile, and no cookie but one that remembers a light or dark theme if you choose it. Pages load nothing from anybody else's servers: no analytics, no advertising, no embedded images, no fonts.

So that new replies can be marked, your browser itself remembers which topics you opened, and asks what is new in them; the
forum does not keep that.

The forum notes requests to keep running and to ward off attacks: time, page, and of members their number. A server before it
may note network addresses, too. These notes are deleted after ${spellDuration(WINDOWS.addressesKept)}. To stop floods of requests and guessed passwords,
network addresses are counted for a short while.

If you report something as illegal without an account, moderators read the report and the name that you give. The e-mail
address serves for the answer alone: no page shows it. Both are erased ${spellDuration(REPORTS.reporterKept)} after the decision;
what was reported, and why, stays with it.

# If you have an account

- **Your e-mail address** is another name to log in with, and where mails go: those about your account, such as when its
  password was changed, and those you asked for. It is never shown.
- **Your password** is stored as a slow one-way hash (argon2id). Nobody can read it.
- **Your passkeys**, if you add any: of each the half that only recognises it, the name you gave it, and when it was added and
  last used. What unlocks it (your fingerprint, face or PIN) never leaves your device.
- **Accounts at other sites**, if you log in by one: its number there, and the name or e-mail address that it gave us, which
  only you see. The other site learns when you log in here by it. You can disconnect it in your settings.
- **One cookie** keeps you logged in. It goes when you log out, or ${spellDuration(WINDOWS.session)} after you were last here.
- **Where you are logged in**: the kind of browser and the beginning of its network address, never the whole. Your
  settings show it, and a mail tells you of a login from somewhere new. It is kept ${spellDuration(WINDOWS.session)} after it was last used.
- **Whether somebody comes back under another name**: when you log in, your browser gets a second, random cookie, which
  opens nothing and stays there for ${spellDuration(TRACES.cookie)}. If a new account begins in the browser or the network of a
  member who is suspended at that time, moderators are shown that, and judge. What the forum keeps of it, a scrambled form, goes ${spellDuration(WINDOWS.addressesKept)} after you were last logged in, of suspended members until the suspension ends.
- **What you and moderators write to each other**, and your appeals, all moderators read, and nobody else. Both are
  in the copy of your data. Appeals go with your account; what was said stays with the matter, without your name.
- **Notes** about you that moderators write for each other are in the copy of your data, and go with your account.
- **Names you have given up** stay reserved and lead to your page, so that nobody can pass for you.
- **What you write** is public, with your name and the time. Earlier versions of edited posts are public too.
- **Votes are private.** Counts are shown; who voted for what is shown to nobody.
- **Which topics you have opened** and how far you read is stored, so that new replies can be marked for you. Only
  you see any of it. In your [settings](/settings/privacy) you can have it forgotten, and not stored from then on.
- **What you follow and mute**, down to the words, and **what you save**, with your notes, is stored until you take it back.
  Only you see it.
- **What you were told**, in your inbox and by mail, and which of it you have read, is stored; so are what you chose to be told
  by which channel, your time zone, and the hour and day at which mails come. Only you see it. On which days a daily or weekly
  mail went out to you is kept ${spellDuration(MAILINGS_KEPT)}. Every such mail has a link that ends it.
- **Your page** can be kept out of search engines there.
- **Flags** are seen by moderators, with your name. Who wrote what is flagged does not learn who flagged it. Yours, and
  what became of them, stand in your [settings](/settings/flags).
- **Decisions about you** by moderators stand in the public log.

# Taking things back

A post that you withdraw goes blank for everyone at once. Its text and earlier versions are erased
${spellDuration(WINDOWS.eraseWithdrawn)} later; until then they are kept for disputes and shown to nobody else.

# Taking it along, and leaving

In your [settings](/settings/privacy) you can order a copy of everything that is stored about you, as files to read and
as data. It is made once a day at most, waits for you for ${spellDuration(WINDOWS.exportKept)}, and is deleted then.

You can have your account deleted there. For ${spellDuration(WINDOWS.deletionGrace)} you can change your mind; then your address, password, settings, sessions, what
you have read, followed, muted and saved, and what you were told are deleted. What you wrote is erased at once or stays under "former member", as you choose. Your votes stay counted and your flags
stay with the moderators, both without your name. The log of moderators' decisions stays, about and by "a former member". Your name stays reserved, so that nobody can pass for you;
where others wrote it, it stays as their word. If a moderator has suspended or silenced you, a scrambled form of your address, from which it
cannot be read, is kept until that ends, and the address cannot be used to sign up before.

Copies that others made, search engines and backups are beyond the reach of a button. Backups of this forum end when
whoever runs it replaces them; what was deleted is deleted again after one was restored.

# What is passed on

Nothing is sold or given away. Links you follow tell the other site only which forum you came from.
`);
