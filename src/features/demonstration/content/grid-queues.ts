// Infrastructure: the long discussion of the day. It holds a partly heated branch, a hidden promotion with the
// moderator's answer below it, an edited reply, a withdrawn one and a correction.
import { discussion, text } from './manuscript.ts';
import type { DemoTopic } from './types.ts';

export const gridQueues: DemoTopic = {
  key: 'grid-queues',
  kind: 'link',
  title: 'Grid operators report AI data centres as the largest share of new interconnection requests',
  section: 'infrastructure',
  author: 'gridwatch',
  hoursAgo: 7,
  body: text`
    The annual queue report is out. Data centres that name AI as their main load account for the largest
    share of new requests in five of the seven regions covered, ahead of storage for the first time. I have
    read the method section; questions on it are welcome.
  `,
  sources: [
    {
      url: 'https://gridledger.example/interconnection-queues',
      role: 'primary',
      title: 'Interconnection queues, annual edition',
      publisher: 'Grid Ledger',
      publishedHoursAgo: 16,
      description:
        'Requests by kind of load and by region for seven operators, with withdrawal rates, study times and a note on double counting.',
    },
    {
      url: 'https://capacitydesk.example/queues/ai-share',
      role: 'first_report',
      title: 'AI campuses overtake storage in the grid queue',
      publisher: 'Capacity Desk',
      publishedHoursAgo: 12,
      paywall: true,
    },
    {
      url: 'https://norrwatt.example/nyheter/datahallar-i-elkon',
      role: 'report',
      title: 'Datahallar står först i elkön',
      publisher: 'Norrwatt',
      publishedHoursAgo: 10,
      language: 'sv',
    },
    {
      url: 'https://openwire.example/capacity-desk/ai-share',
      role: 'free_copy',
      title: 'AI campuses overtake storage in the grid queue',
      publisher: 'Open Wire',
      publishedHoursAgo: 9,
    },
  ],
  tags: ['power', 'data-centres'],
  upvotes: 38,
  replies: discussion`
    #1 substation +24m ^31
    It is worth separating requests from load. In the two queues I work with, roughly one request in five
    reaches a signed agreement. A developer files at three substations and builds at one.

    The headline share is real, but it is a share of paperwork. The number to watch is megawatts under
    executed agreements, and that table is on page 14.

    #2 gridwatch +22m ^18 ${{
      edited: {
        minutesAfter: 14,
        before:
          'Agreed, and the report says so: it counts each request once per point of interconnection. What is new this year is the deposit.',
      },
    }}
    Agreed, and the report says so: it counts each request once per point of interconnection. I should have
    put that in the title. What is new this year is the deposit. Applicants now pay per megawatt on filing,
    so duplicates cost money.

    #3 dcfinance +12m ^9
    The deposit changes who files more than how many. At campus scale the fee is a rounding error in the
    land budget.

    #4 substation +18m ^16
    It is a rounding error until it stops being refundable. Where half of it is at risk after the first
    study, withdrawals come early, which is what you want.

    #5 dcfinance +40m ^4
    Fair. Do you have withdrawals split by size of applicant?

    #6 substation +96m ^11
    Not by applicant. By size of request, yes:

    - under 50 MW: 31% withdrew before the first study
    - 50 to 200 MW: 24%
    - over 200 MW: 12%

    #7 priya_n +40m ^6
    Thank you, that is the split I was after. It suggests the deposit removes the speculative small filings
    and leaves the large ones where they were.

    #8 substation +12m ^7
    Yes. And a large one that stays is not always serious; sometimes it is only better funded.

    #3 hanna_k +66m ^6
    Deposits also favour whoever has the cheapest capital. That is a policy choice, even when it is written
    as an engineering rule.

    #2 yuki_s +18m ^7
    One in five is generous. For filings by newcomers to the trade we see closer to one in nine.

    #1 ops_lena +2h ^24 ${{ purpose: 'analysis' }}
    Something the queue data hides is shape. Training load is flat and can stop at a checkpoint; inference
    load follows the working day. Operators still model both as firm.

    If you can offer two to four hours of curtailment, several utilities will study you in a separate,
    faster lane.

    #2 rackunit +25m ^19
    We did this. Checkpoint every ten minutes, shed to 30% in under a minute. The contract took longer than
    the engineering.

    #3 ops_lena +20m ^3
    How did you handle the restart? Ours was slower than the outage.

    #4 rackunit +25m ^12
    Cap power first, drain second, and bring the fabric back before the nodes:

    ~~~sh
    cap 0.3 --rack all
    checkpoint --wait
    drain --keep-fabric
    ~~~

    Most of the lost time was the fabric relearning its routes. Keeping it up costs about 4% of the load and
    saves twenty minutes.

    #2 flexwatt_sales +47m ${{
      hidden: { by: 'marta_l', reason: 'Promotion of own product', rule: 4 },
      flagged: [
        { by: 'rackunit', reason: 'spam', note: 'second post of this text today' },
        { by: 'ops_lena', reason: 'undisclosed-interest' },
        { by: 'yuki_s', reason: 'spam' },
      ],
    }}
    Our platform does precisely this for 14 campuses. Ask for the price list and quote TOKENWIRE for the
    first quarter free. Sites over 100 MW get a dedicated desk.

    #3 marta_l +38m ^15
    Hidden under rule 4. Disclosing an interest is fine; a price list is not. The author has been told why
    and knows where to find me.

    #1 diana_f +35m ^20
    Who pays for the network upgrade is the policy question. If the line is built for one campus and the
    campus leaves after eight years, the remaining cost falls on everyone else in the zone.

    The usual answer is that growth pays for itself because fixed costs are spread over more kilowatt-hours.
    That holds for as long as the load is there. A line is written off over forty years. Nobody in this
    discussion would sign a forty-year lease on an accelerator, and I do not see why the neighbours should.

    #2 kevin_h +28m ^13
    Minimum-take contracts answer part of that. Fifteen years, a floor of 80% of contracted demand, and an
    exit fee equal to the unrecovered line.

    #3 diana_f +33m ^9
    > an exit fee equal to the unrecovered line

    That only holds if the counterparty exists at exit. Most of these are signed by a project company with
    one asset.

    #4 dcfinance +17m ^7
    Parent guarantees are the norm above 300 MW. Below that you are right.

    #2 j_okafor +75m ^1 ${{
      flagged: [
        { by: 'kevin_h', reason: 'unkind', note: 'about the people, with no argument' },
        { by: 'dcfinance', reason: 'unkind' },
      ],
    }}
    Nobody arguing for this has paid a household bill in the affected zone, and it shows.

    #3 bart_v +30m ^5
    I do pay one, in a congested zone. My street has waited two years for heat-pump connections. It does not
    make the argument about exit fees any better or worse.

    #1 coldaisle +55m ^2 ${{ withdrawn: true }}
    Why does nobody put a gas turbine on site and skip the queue altogether?

    #2 mei_c +42m ^14
    For those arriving later: the withdrawn reply asked whether gas generation on site avoids the queue. It
    avoids the study for import, but you still need an agreement if you ever synchronise, and almost
    everyone wants that later.

    #3 old_iron +95m ^8
    And turbine lead times are now as long as the queue, so the choice is which line to stand in.

    #1 tomas_r +6h ^17 ${{ purpose: 'correction' }}
    The publisher corrected table 2 this morning: the previous year's column had counted one operator twice.
    The ordering holds, the share moves from 41% to 38%.

    #1 yuki_s +80m ^10
    For comparison, the Nordic operators publish the connection reserve by municipality, which shows the
    opposite problem: capacity granted and left unused.

    #2 hanna_k +19m ^8
    And reserved capacity that lapses after three years without works, which is the rule I would copy first.
  `,
};
