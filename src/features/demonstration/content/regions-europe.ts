// Regions: rounds, permits and machine time in Europe.
import { discussion, text } from './manuscript.ts';
import type { DemoTopic } from './types.ts';

export const regionsEurope: readonly DemoTopic[] = [
  {
    key: 'ami-labs-seed',
    kind: 'link',
    title: 'AMI Labs and the case for a $1 billion seed round',
    section: 'regions',
    author: 'yuki_s',
    hoursAgo: 6,
    body: '',
    sources: [
      {
        url: 'https://seinewire.example/ami-labs-seed',
        role: 'report',
        title: 'AMI Labs and the case for a $1 billion seed round',
        publisher: 'Seine Wire',
        publishedHoursAgo: 9,
        description:
          'What a billion buys before there is a product, and who in Paris could have written the cheque.',
      },
    ],
    tags: ['europe', 'seed-rounds', 'ami-labs', 'yann-lecun'],
    upvotes: 15,
    replies: discussion`
      #1 seed_stage +20m ^13
      I write seed cheques. This is not one. It is an endowment for a research institute with an exit
      clause, and I mean that as a compliment.

      #2 lp_view +35m ^7
      An endowment is never asked for its money back in year ten. Somebody will explain the difference to
      them in year eight.

      #3 seed_stage +14m ^5
      Year six, by telephone, during their holidays.

      #1 phd_year3 +55m ^9
      Seen from a doctoral office in the same city: the money matters less than the fact that two of our
      postdocs have stopped looking at flights. A billion is about forty years of our department.

      #2 hpc_greta +30m ^6
      It also bids for the same twelve people who can keep a large cluster running. One of them was ours
      until Tuesday.

      #1 ruth_e +2h ^8
      The case in the article comes down to "a researcher of this rank must not wait". He may be right about
      the science, and the sentence would justify any sum. I would have liked one line on what would count
      as having failed.

      #2 lowrank +40m ^7
      There is one though, and it's been public for years: predict in representation space, plan with it,
      need far fewer examples than a language model. If in four years it needs as many, that was it. Not
      many companies hand you a test like that.

      #3 ruth_e +25m ^6
      Then I withdraw half of my sourness.
    `,
  },
  {
    key: 'nordic-permits',
    kind: 'link',
    title: 'Nordic permits: applications by municipality, mapped',
    section: 'regions',
    author: 'yuki_s',
    hoursAgo: 2.2,
    body: text`
      Permits for buildings with a connection above 20 MW, five countries, by municipality. Two thirds of
      the capacity applied for lies in places with fewer inhabitants than a large school.
    `,
    sources: [
      {
        url: 'https://gridledger.example/nordic-permits-map',
        role: 'primary',
        title: 'Nordic permits, by municipality',
        publisher: 'Grid Ledger',
        publishedHoursAgo: 6,
      },
    ],
    tags: ['nordics', 'power', 'data-centres'],
    upvotes: 5,
    replies: discussion`
      #1 substation +25m ^5
      The map shows applications and not grid. Half of the dark patches in the north have one line in, and
      that line is full of wind going south.

      #2 yuki_s +18m ^4
      There is a layer for lines, at the bottom left, switched off. With it on, the map looks a good deal
      sadder.
    `,
  },
  {
    key: 'legora-round',
    kind: 'link',
    title: 'Legora raises $550 million at a $5.55 billion valuation',
    section: 'regions',
    author: 'yuki_s',
    hoursAgo: 33,
    body: '',
    sources: [
      {
        url: 'https://nordvc.example/legora-550-million',
        role: 'report',
        title: 'Legora raises $550 million at a $5.55 billion valuation',
        publisher: 'Nord VC',
        publishedHoursAgo: 36,
      },
    ],
    tags: ['legaltech', 'sweden', 'legora'],
    upvotes: 9,
    replies: discussion`
      #1 mattias_l +40m ^8
      Interest declared: I run a small company in the same trade, four hundred kilometres south. A round
      like this is the best thing that can happen to us. For two years we have had to explain what legal
      software is for. From Monday on we only explain why we are not them.

      #2 seed_stage +50m ^5
      That works for about a year. Then they have 200 people selling, and you have an excellent explanation.

      #1 pbianchi +4h ^7
      As a customer of such tools: they are very good at *finding* and at *comparing*, and I would not want
      to work without. What they cannot carry is responsibility, and that is what my invoice is for. At
      these prices I wonder which of the two the investors believe they bought.

      #1 quietquant +7h ^4
      550 over 5,550 is 9.9% if all of it is new money and the valuation is after the round. The report does
      not say either. If it is before the round, it is 9.0%.
    `,
  },
  {
    key: 'european-supercomputer-time',
    kind: 'text',
    title: 'How a small lab gets time on a European supercomputer: notes from three applications',
    section: 'regions',
    author: 'hpc_greta',
    hoursAgo: 8 * 24,
    body: text`
      I sit on the other side of the desk and see the same mistakes every round. For groups of three to ten
      people who want to train something:

      1. **Apply for the small access first.** It is decided in weeks, needs two pages, and its report is
         the best annex for the large one.
      2. **Show a scaling plot from *that* machine.** "It ran well on our eight cards" is where most
         applications end. Even 2, 4, 8 and 16 nodes for ten minutes each will do.
      3. **Ask for node-hours you can spend.** Unspent time counts against you. Queues, crashes and holidays
         eat a third.
      4. **Name the person who will be awake.** Allocations die because the only one who knew the container
         left in April.

      Two of the three I helped with got the time in the second attempt. None in the first.
    `,
    tags: ['europe', 'training'],
    upvotes: 27,
    replies: discussion`
      #1 phd_year3 +60m ^10
      Number 4 is me. I am the one awake. Is there something that you wish people asked the support desk
      *before* they start?

      #2 hpc_greta +45m ^13
      Yes: "where should my data live?" A million small files on the parallel file system will slow down
      you, and everybody else, and then you will meet me in person.

      #3 phd_year3 +15m ^8
      We have eleven million. I will pack them tonight.

      #1 lowrank +5h ^6
      Is inference allowed? We need 200,000 node-hours of generation for a data set, and no training at all.

      #2 hpc_greta +2h ^5
      Allowed in most calls, if you say what science comes out of it. Reviewers are wary as it looks like
      running a service. Write "generation of a data set" and publish it.
    `,
  },
];
