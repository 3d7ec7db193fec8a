// Funding: single rounds and deals, with the questions members put to each.
import { discussion, text } from './manuscript.ts';
import type { DemoTopic } from './types.ts';

export const fundingRounds: readonly DemoTopic[] = [
  {
    key: 'ubs-private-credit',
    kind: 'link',
    title: 'UBS raises its private-credit default scenario to 15%, citing disruption from AI',
    section: 'funding',
    author: 'dcfinance',
    hoursAgo: 10,
    body: text`
      Read it as a scenario, which is what it is. The interesting part is the channel: the loans at risk are
      those to software companies whose customers may stop renewing, not those to the people building data
      centres.
    `,
    sources: [
      {
        url: 'https://creditwatch.example/notes/private-credit-scenario-15',
        role: 'report',
        title: 'Private credit: the stress scenario moves to 15%',
        publisher: 'Credit Watch',
        publishedHoursAgo: 14,
        description: 'What changed in the scenario, which borrowers it concerns, and what it leaves out.',
      },
    ],
    tags: ['credit', 'valuations'],
    upvotes: 13,
    replies: discussion`
      #1 quietquant +35m ^12
      A 15% default scenario says little without the recovery next to it. Software loans have no steel
      behind them. If recoveries are 35 cents, the same 15% costs the lender 9.75 points; with 65 cents,
      5.25. I would want both columns before I was frightened.

      #2 dcfinance +22m ^7
      The note has one line on it: recoveries "below the historical average". No number.

      #3 quietquant +14m ^8
      Then it is half a scenario.

      #1 ruth_e +80m ^9
      In 2001 the lenders also said the exposure was to the customers and not to the builders. The builders'
      largest customers turned out to be each other.

      #2 kevin_h +40m ^4
      Some of that is true today as well, but the largest buyers now pay out of operating cash flow. In 2001
      nearly everyone was borrowing.

      #3 ruth_e +25m ^10
      Agreed for the largest four or five. My remark is about rank six to sixty.

      #1 priya_n +3h ^2 ${{ purpose: 'question' }}
      Is there a public list of which private-credit funds are heavy in software, or does one have to read
      every filing?

      #2 dcfinance +45m ^6 ${{ purpose: 'source' }}
      Listed vehicles publish a schedule of investments every quarter with an industry column. It is
      tedious, not secret. For unlisted funds you get what the manager feels like showing.
    `,
  },
  {
    key: 'matx-training-chips',
    kind: 'link',
    title: 'MatX raises $500 million for training chips; N3 samples expected next year',
    section: 'funding',
    author: 'kevin_h',
    hoursAgo: 18,
    body: '',
    sources: [
      {
        url: 'https://chipdesk.example/matx-500-million',
        role: 'report',
        title: 'MatX raises $500 million for training chips',
        publisher: 'Chip Desk',
        publishedHoursAgo: 22,
        description: 'The round, the claim of energy efficiency, and the road from tape-out to a rack.',
      },
    ],
    tags: ['chips', 'matx'],
    upvotes: 8,
    replies: discussion`
      #1 haruto_m +50m ^9
      Five hundred million buys you a design on a leading node, one respin, and the right to stand in line
      for packaging. It does not buy the packaging.

      #2 seed_stage +35m ^5
      It also buys the software team, which is where earlier attempts ran out of money. A compiler that gets
      40% out of a good chip loses to one that gets 70% out of a worse one.

      #3 cudacore +20m ^11
      lol, 40% would be a triumph. First silicon + first compiler is more like 12. Then two years of people
      like me staring at bank conflicts.

      #1 substation +5h ^4
      "Energy-efficient" per what? Per operation, per token trained, per rack at the meter? Those have moved
      in different directions for four years.

      #2 kevin_h +2h ^3
      The report says per operation. I have asked the author for a figure at the rack and will post it if
      one comes.
    `,
  },
  {
    key: 'nscale-valuation',
    kind: 'link',
    title: 'Nscale reaches a $14.6 billion valuation',
    titleEditedFrom: 'Nscale hits INSANE $14.6B valuation (backed by Nvidia!!)',
    section: 'funding',
    author: 'mattias_l',
    hoursAgo: 72,
    body: text`
      Title brought back to the publisher's after two of you asked within ten minutes. Sorry. Enthusiasm.
    `,
    sources: [
      {
        url: 'https://nordvc.example/nscale-valuation',
        role: 'report',
        title: 'Nscale reaches a $14.6 billion valuation',
        publisher: 'Nord VC',
        publishedHoursAgo: 75,
      },
    ],
    tags: ['nscale', 'valuations', 'cloud'],
    upvotes: 11,
    replies: discussion`
      #1 marta_l +12m ^6
      Thank you for changing it yourself. For everyone: rule 5 asks for the publisher's own headline, and
      the half hour in which you can still edit it is there for this.

      #1 dcfinance +2h ^8
      With infrastructure companies I look at contracted revenue over secured power before I look at the
      valuation. One without the other is a leaflet.

      #2 mattias_l +50m ^3
      Is "secured" a grid agreement or a land option? I have seen both called that in the same deck.

      #3 substation +75m ^10
      A signed connection agreement with a date, and the deposit paid. Everything short of that is a
      conversation.

      #1 ruth_e +6h ^6
      A supplier that invests in its customer, who buys from the supplier. We had a name for it in telecoms:
      vendor financing. It works very well for as long as it works.

      #2 kevin_h +3h ^5
      The share matters. If the supplier holds a few per cent next to ten others it is a signal. If it is
      the only one still writing cheques it is a subsidy to its own order book.
    `,
  },
  {
    key: 'cursor-in-talks',
    kind: 'link',
    title: 'Cursor is reportedly in talks at a $50 billion valuation',
    section: 'funding',
    author: 'seed_stage',
    hoursAgo: 84,
    body: text`
      **Label: reported, not announced.** Two people familiar, no document. I post it because the discussion
      about what a coding tool can be worth is worth having even if the round never happens.
    `,
    sources: [
      {
        url: 'https://roundtable-news.example/cursor-talks',
        role: 'first_report',
        title: 'Cursor said to be in talks at $50 billion',
        publisher: 'Roundtable News',
        publishedHoursAgo: 88,
      },
    ],
    tags: ['cursor', 'valuations'],
    upvotes: 16,
    replies: discussion`
      #1 tokencount +40m ^14
      Gross margin, imo. A seat pays a flat fee and behind it runs a meter. Back of an envelope, my guesses,
      not anybody's figures:

      | developer | requests a day | cost a month | pays |
      |---|---:|---:|---:|
      | light | 40 | $4 | $20 |
      | typical | 180 | $19 | $20 |
      | agent left running | 2,400 | $260 | $20 |

      The third row is why flat plans keep turning into metered ones.

      #2 samir_b +30m ^7
      From the hosting side: the third row is 5% of people and more than half of the tokens. Every one of us
      has discovered that in the same quarter.

      #3 tokencount +20m ^4
      And the second row becomes the third as soon as the product gets good. The better it works, the worse
      it pays.

      #1 quickcoin_ai +90m ${{
        hidden: { by: 'marta_l', reason: 'Promotion of a token sale', rule: 4, withReplies: true },
        flagged: [
          { by: 'seed_stage', reason: 'spam' },
          { by: 'nadia_z', reason: 'spam', note: 'same text in four topics' },
        ],
      }}
      Forget equity, own the compute! Our presale lets ANYONE hold a share of a coding model, 40x since
      January. Link in my page.

      #2 hotwire_77 +12m
      Anyone who falls for this deserves what they get, and so does whoever let you in here.

      #1 old_iron +4h ^8
      Fifty billion is roughly what it costs to build a large nuclear power station and go over budget
      twice. One of the two will still be running in 2080.

      #2 seed_stage +35m ^9
      The other one will have been rewritten eleven times by then, and will claim to have been founded in a
      garage.

      #1 j_okafor +7h ^6
      Forty developers, eleven months, paid seats. What I can show for it: time to first review fell by a
      third, escaped defects did not move, and nobody wants to give it back. I cannot turn that into a
      multiple, but it is not nothing.
    `,
  },
];
