// Policy & security: the house rules (pinned), attacks and defences, a locked topic, and registries.
import { discussion, text } from './manuscript.ts';
import type { DemoTopic } from './types.ts';

export const policySecurity: readonly DemoTopic[] = [
  {
    key: 'house-rules',
    kind: 'text',
    title: 'House rules, updated: link the primary source and label sponsored research',
    section: 'policy-security',
    author: 'marta_l',
    hoursAgo: 4 * 24,
    body: text`
      Seven rules. The log names them by number.

      1. **Show how you know it.** Link the primary source, or say that you could not find one.
      2. **Answer the argument.** Leave the member out of it, and everybody's private data with them.
      3. **Stay on the subject** of the topic. A new subject deserves a topic of its own.
      4. **Say when you have an interest**, and do not advertise. New: this includes research that somebody
         paid for. Write who did, in the first line.
      5. **Use the publisher's headline.** Your view of it goes into the text below.
      6. **Write it yourself.** Text written by a model is labelled; using one to check your spelling is fine.
      7. **Keep to the law.**

      Whatever we hide is in the public log with the rule and the reason. If we are wrong,
      tell us: we put it back, and the log says that too.
    `,
    tags: ['house-rules'],
    upvotes: 24,
    pinned: { by: 'marta_l', reason: 'The rules have changed; everybody should have seen it', days: 14 },
    replies: discussion`
      #1 gridwatch +50m ^9
      On rule 4: I write a paid newsletter. Do I have to say so in every reply, or is the line on my page
      enough?

      #2 marta_l +35m ^8
      The line on your page is shown beside your posts, so that is enough. When the topic is *about* your
      product, say it in the post as well.

      #1 mei_c +3h ^13
      Sponsored research is harder than it sounds. Free compute counts? A co-author on leave from the
      vendor?

      #2 tomas_r +55m ^10
      Both count. When in doubt write the sentence. Nobody has ever been hidden here for a disclosure too
      many.

      #1 lab_notes_24 +76h ^2
      I have just joined and read this first. Does "primary source" include one's own data, if it is
      published?

      #2 marta_l +30m ^5
      Yes, if others can look at it. Welcome.
    `,
  },
  {
    key: 'model-theft-reading-list',
    kind: 'text',
    title: 'Model theft and distillation: a reading list for security teams',
    section: 'policy-security',
    author: 'diana_f',
    hoursAgo: 50,
    body: text`
      The digest puts theft, cloning and reprogramming into one sentence. They are different acts with
      different remedies, and policy papers mix them up. What I give to my students:

      - [Distilling the Knowledge in a Neural Network](https://arxiv.org/abs/1503.02531): what distillation
        meant before it was an accusation
      - [Stealing Machine Learning Models via Prediction APIs](https://arxiv.org/abs/1609.02943): the first
        systematic treatment
      - [Stealing Part of a Production Language Model](https://arxiv.org/abs/2403.06634): what a public
        interface gave away, and how it was closed

      A question that I cannot answer from the literature: how would one *prove* distillation in front of a
      court, from outputs alone?
    `,
    tags: ['security', 'model-theft', 'reading-group'],
    upvotes: 22,
    replies: discussion`
      #1 lowrank +70m ^12
      From outputs alone you will not get past "similar". Similar models come from similar data, and
      everybody has read the same internet. What convinces me is shared *errors*: the same wrong answer to
      questions nobody would write down. With enough of those the odds become silly.

      #2 diana_f +50m ^6
      So canaries: plant errors and wait?

      #3 lowrank +25m ^8
      Planted ones can be filtered by somebody who looks for them. Natural ones are better, since you do not
      know yourself which they are until you search.

      #1 nadia_z +5h ^9
      For the security teams in the title: the interface is the slow way. In what I get to see, weights walk
      out through a storage bucket with a reader too many. Do the boring list first: who can read the file,
      who did last week, and does anything ring.

      #1 pbianchi +19h ^5
      For the court: you need not prove it from outputs alone. Logs of requests, payment records and a
      disclosure order are how such things are decided in practice. The statistics only have to be good
      enough to *get* the order.
    `,
  },
  {
    key: 'mail-assistant-limits',
    kind: 'text',
    title: 'Indirect prompt injection: what a mail assistant may never do',
    section: 'policy-security',
    author: 'nadia_z',
    hoursAgo: 4.5 * 24,
    body: text`
      Every month I am asked to test an assistant which reads mail and can answer it. Every month I send it
      a mail. The [paper](https://arxiv.org/abs/2302.12173) that described the attack is years old, and
      filters have got better, and I still get in, because the trouble is not in the filter.

      An assistant has three things: **private data**, **text from strangers**, and **a way out**. Any two
      are fine. With all three, a stranger's text can send your data out, and no wording in the system
      prompt changes that.

      So the limits I ask for are about the third:

      1. It never sends to an address that is not in the thread already.
      2. It never loads an image or opens a link from a mail. An image address *is* a message.
      3. It may draft whatever it likes. A person presses send, and sees the recipient in large type.
    `,
    sources: [
      {
        url: 'https://arxiv.org/abs/2302.12173',
        role: 'primary',
        title:
          'Not what you’ve signed up for: Compromising Real-World LLM-Integrated Applications with Indirect Prompt Injection',
        publisher: 'arXiv',
      },
    ],
    tags: ['security', 'prompt-injection', 'agents'],
    upvotes: 37,
    replies: discussion`
      #1 clinic_it +30m ^14
      Number 2 got us. The assistant summarised a mail and showed the picture in it. The address of the
      picture had a patient number at the end, put there by the assistant. The log of somebody else's web
      server is now part of our incident file.

      #2 nadia_z +20m ^9
      I am sorry. It is the most common one. Show pictures through your own proxy with the query cut off, or
      not at all.

      #1 lowrank +2h ^8
      > no wording in the system prompt changes that

      Training does change it a little. Models taught to rank system over user over quoted text resist
      clearly better. I would not call it nothing.

      #2 nadia_z +40m ^12
      I would call it a lower rate. My attacker sends a thousand mails, and he needs one.

      #3 lowrank +30m ^7
      True for a stranger who may try for ever. Not for one who is noticed at the third try. A lower rate
      with an alarm is a defence, without an alarm it is a delay.

      #4 nadia_z +15m ^11
      "Without an alarm it is a delay" goes on my slide. With your name.

      #1 j_okafor +6h ^6
      Point 3 will be switched off in the second week. Nobody buys an assistant to press send two hundred
      times.

      #2 marginalia +50m ^8
      Then let it press send for the addresses that you answered yourself in the last month, and nothing
      else. In my mailbox that covers nine of ten.

      #3 bart_v +40m ^5
      And the tenth is the one from the bank.
    `,
  },
  {
    key: 'federal-exclusion',
    kind: 'text',
    title: 'Anthropic contests its exclusion from US federal projects: what a court usually asks',
    section: 'policy-security',
    author: 'pbianchi',
    hoursAgo: 68,
    body: text`
      I know what the digest knows: an exclusion, reasons of national security and data sovereignty, and a
      challenge in court. I have seen no filing, and I am not admitted in the United States. So this is
      about the *type* of case only.

      When a public buyer excludes a supplier, courts in most systems that I know ask the same four things.
      Was there a legal basis? Were reasons given? Could the supplier answer before the decision? Would a
      milder measure have done? With national security the third is often cut short, and the whole case
      turns on how short.

      Please bring documents if you have them.
    `,
    tags: ['anthropic', 'procurement'],
    upvotes: 19,
    locked: {
      by: 'tomas_r',
      reason: 'Turned to party politics; open a new topic when there is a filing',
      rule: 3,
    },
    replies: discussion`
      #1 procure_anne +2h ^9
      In practice the reasons are what matters. "National security" alone is a heading. If the letter names
      a risk, one can fix the risk or dispute it. I have seen exclusions fall because the letter was four
      lines long.

      #2 pbianchi +45m ^5
      And others stand since the four lines pointed to an annex that nobody may read.

      #1 diana_f +5h ^7
      The precedent interests me more than the parties. If "data sovereignty" is enough to exclude a
      domestic supplier, then every foreign buyer will quote the decision the other way round.

      #1 hotwire_77 +11h ${{ hidden: { by: 'tomas_r', reason: 'Party politics and an insult', rule: 2 } }}
      Of course you people take their side. Same crowd, same votes, same brain cell.

      #2 j_okafor +20m ^1
      And which crowd would that be? Say it.

      #3 hotwire_77 +9m ${{ hidden: { by: 'tomas_r', reason: 'Attacks a member', rule: 2 } }}
      You know exactly which. Go back to your spreadsheets.

      #4 tomas_r +25m ^10
      Two hidden, topic locked. It was a good question about administrative law for eleven hours. When a
      filing is public, open a new topic and link this one.
    `,
  },
  {
    key: 'crawler-opt-out-registry',
    kind: 'text',
    title: 'Is there a registry for crawler opt-outs? What IANA does and does not keep',
    section: 'policy-security',
    author: 'bart_v',
    hoursAgo: 17 * 24,
    body: text`
      A client believed that "the opt-out is registered with IANA". It is not. What exists:

      - a registry of *well-known addresses*, linked above: names of files, not their meaning
      - [RFC 9309](https://www.rfc-editor.org/rfc/rfc9309), which describes \`robots.txt\` and says nothing
        about training
      - any number of conventions that one company each has promised to respect

      If you rely on an opt-out in the sense of the copyright directive, write down on which date your site
      said what. A screenshot of today proves nothing about March.
    `,
    sources: [
      {
        url: 'https://www.iana.org/assignments/well-known-uris/well-known-uris.xhtml',
        role: 'primary',
        title: 'Well-Known URIs',
        publisher: 'IANA',
      },
    ],
    tags: ['crawling'],
    upvotes: 20,
    replies: discussion`
      #1 oldmodem +2h ^8
      robots.txt worked for 25 years because everybody was polite and slow. we are now neither

      #1 marginalia +6h ^7
      We keep ours in the repository of the site. So the history is the proof, with dates, signed, for free.
      I recommend it over screenshots.

      #2 bart_v +90m ^6
      Much better. Keep the access log too: it shows that the crawler came *after*, and read it.

      #1 phd_year3 +20h ^5
      From the other side: for our corpus we stored the \`robots.txt\` next to each page, as of the day of
      the fetch. It is 0.3% of the size. When somebody asks, we can answer. I do not understand why this is
      not universal.

      #2 diana_f +4h ^9
      Because then one can answer.
    `,
  },
];
