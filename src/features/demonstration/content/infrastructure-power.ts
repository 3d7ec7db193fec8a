// Infrastructure: power, transformers, interruptible load, and what the largest supplier expects to sell.
import { discussion, text } from './manuscript.ts';
import type { DemoTopic } from './types.ts';

export const infrastructurePower: readonly DemoTopic[] = [
  {
    key: 'nvidia-guidance',
    kind: 'link',
    title: 'Nvidia guides to $78 billion for the next quarter after reporting $68 billion',
    section: 'infrastructure',
    author: 'dcfinance',
    hoursAgo: 13,
    body: '',
    sources: [
      {
        url: 'https://filings.example/nvidia-quarter',
        role: 'primary',
        title: 'Quarterly results and outlook',
        publisher: 'Filings',
        publishedHoursAgo: 15,
      },
    ],
    tags: ['earnings', 'nvidia'],
    upvotes: 18,
    replies: discussion`
      #1 quietquant +20m ^12
      Up 14.7% on the quarter. The growth rate is less informative than purchase commitments and prepayments
      to suppliers, which are in the notes and move first.

      #2 haruto_m +45m ^9
      Seconded. Prepayments for memory and packaging capacity tell you what they believe about next year.
      Guidance tells you what they already know about next quarter.

      #1 ruth_e +90m ^8
      Has anyone seen customer concentration this time? "Two direct customers above ten per cent" can hide
      the fact that both of them build for the same third party.

      #2 dcfinance +55m ^7 ${{ purpose: 'source' }}
      It is in the notes under segment information. Direct customers are often system builders, so you are
      right that it says little about who ends up with the machines.

      #3 ruth_e +20m ^4
      So the answer to "who is buying" is "somebody who knows somebody".

      #1 substation +4h ^15
      Ten billion dollars a quarter more in accelerators is, very roughly, another gigawatt that wants a
      plug within the year. That is my whole comment on earnings.

      #2 kevin_h +70m ^5
      At something like 35,000 dollars and 1.4 kW per accelerator, everything included, ten billion is
      285,000 of them and 400 MW. So more like two quarters to your gigawatt. Still a lot of plugs.
    `,
  },
  {
    key: 'transformer-lead-times',
    kind: 'link',
    title: 'Large transformers are now quoted at more than two years, procurement survey finds',
    section: 'infrastructure',
    author: 'substation',
    hoursAgo: 28,
    body: text`
      The kind with oil in it. Survey of 61 buyers in nine countries. The median quote for a unit above 100
      MVA is 118 weeks, and a third of the quotes are valid for 30 days only.
    `,
    sources: [
      {
        url: 'https://gridledger.example/transformer-lead-times',
        role: 'report',
        title: 'Large power transformers: quoted lead times',
        publisher: 'Grid Ledger',
        publishedHoursAgo: 40,
        description: 'Quoted and delivered lead times by rating, from 61 buyers.',
      },
    ],
    tags: ['power', 'supply-chain'],
    upvotes: 25,
    replies: discussion`
      #1 phd_year3 +15m ^22
      I clicked this expecting a paper on attention heads with very high latency.

      #2 substation +8m ^27
      Multi-head, self-cooled, 240 tonnes, no dropout.

      #3 lowrank +25m ^12
      Does it converge?

      #4 substation +11m ^19
      It hums.

      #1 procure_anne +3h ^8
      Quotes are not deliveries. For public buyers the gap has been about five months on top, because the
      slot you were quoted is sold to somebody faster while your committee meets. Ask for the delivered
      column.

      #2 substation +40m ^6
      Table 4. Delivered median is 131 weeks for orders placed two and a half years ago. So the gap is
      thirteen weeks, for this sample.

      #1 old_iron +5h ^10
      There are perhaps a few hundred people in Europe who can wind one of these by hand, and their average
      age is mine. You can build a factory in two years. You cannot build me in two years.

      #2 ms_ferreira +2h ^11
      We would train them tomorrow. Nobody in the trade has asked us. My electrical class has eleven pupils
      and two job offers each, none of them for this.

      #1 flexwatt_sales +24h ${{
        flagged: [
          { by: 'rackunit', reason: 'spam', note: 'third post of this text' },
          { by: 'ops_lena', reason: 'undisclosed-interest', note: 'no disclosure of interest' },
          { by: 'substation', reason: 'spam' },
          { by: 'mei_c', reason: 'off-topic' },
        ],
      }}
      Waiting two years for a transformer? Our flexible-load platform gets campuses connected in half the
      time. Fourteen happy sites. Message us for a tailored offer, first quarter free!
    `,
  },
  {
    key: 'checkpointing-interruptible-load',
    kind: 'text',
    title: 'Does checkpointing make training an interruptible load?',
    section: 'infrastructure',
    author: 'ops_lena',
    hoursAgo: 20 * 24,
    body: text`
      Our utility offers a cheaper tariff to loads that can drop to 30% with ten minutes' notice, up to
      forty hours a year. Training can do that on paper. I would like to know what it costs in practice
      before I promise it.

      The terms as I see them, per interruption:

      - work since the last checkpoint, on average half the interval
      - writing the checkpoint itself, if you take one on the way down
      - the time until step time is back to normal, which nobody measures
      - hardware that does not come back
    `,
    tags: ['power', 'training'],
    upvotes: 24,
    replies: discussion`
      #1 hpc_greta +2h ^17
      We have done planned power-downs of a whole machine for years, and the fourth line of your list is the
      large one. Of some 4,000 nodes, 15 to 30 do not return the first time: power supplies, optics, one or
      two boards. Budget people as well as minutes.

      #2 ops_lena +50m ^6
      Half a per cent. Does it matter whether you drop to 30% or to zero?

      #3 hpc_greta +35m ^14
      Enormously. Thermal cycling is what kills them. At 30% the fans slow down and nothing cools out; we
      lose two or three. If the tariff allows a floor, take the floor.

      #1 cudacore +4h ^12
      For the second line: asynchronous checkpoint to host memory takes seconds, and the host drains to
      storage at its leisure. You never write to a file system on the way down. The rest of the job stops at
      a barrier, so the cost is one step.

      ~~~python
      state = snapshot_to_pinned(model, optimizer)   # 3-6 s, overlaps with nothing
      barrier()                                       # everybody agrees on the step
      Thread(target=drain, args=(state, path)).start()
      cap_power(0.3)
      ~~~

      #2 sre_amir +3h ^5
      And if the host loses power during the leisure?

      #3 cudacore +15m ^9
      Then you are at the checkpoint before, which is where you would be anyway. Never worse, usually
      better.

      #1 substation +9h ^11
      From the other side of the meter: forty hours a year is what we write in contracts; in the last five
      years we have called between two and eleven. The value to us is that we *may*. So do not price it at
      forty.

      #2 dcfinance +5h ^7
      The lender prices it at forty. Contracts are read by people whose job is the bad year.

      #1 ops_lena +6h ^8
      Summary after a day: floor instead of zero, snapshot to host memory, and a spares budget of half a per
      cent. I have signed for thirty hours. Will report after the first call.
    `,
  },
];
