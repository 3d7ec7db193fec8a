// The weekly digest, byte for byte as it was written (digest.md), and what members say about it.
import { readFileSync } from 'node:fs';
import { discussion } from './manuscript.ts';
import type { DemoTopic } from './types.ts';

export const digestTopic: DemoTopic = {
  key: 'weekly-digest',
  kind: 'digest',
  title:
    'AI Industry Shatters Funding and Valuation Records Amid Rapid Infrastructure and Innovation Expansion',
  section: 'funding',
  author: 'digest_desk',
  hoursAgo: 30,
  body: readFileSync(new URL('./digest.md', import.meta.url), 'utf8'),
  tags: ['weekly-digest', 'anthropic', 'openai', 'nvidia', 'claude'],
  upvotes: 36,
  replies: discussion`
    #1 substation +48m ^24
    The outage section is the one to keep. Capacity gets the headlines; recovery time decides whether
    anybody can depend on it.

    #2 ops_lena +31m ^13
    And recovery time is the figure that almost nobody publishes. I would read a digest of that alone.

    #3 coldaisle +2h ^7
    Ours is on a whiteboard. Last month it read "faster than the vendor", which is the nicest thing anyone
    has written about us.

    #1 mei_c +70m ^18
    A request for next week: mark which rounds are closed and which are reported to be in talks. The two sit
    side by side here.

    #2 digest_desk +55m ^16
    Noted. From the next digest each round carries one of three labels: **closed**, **announced**,
    **reported**.

    #3 lp_view +3h ^6
    Please add a fourth, _committed in tranches_. A headline of thirty billion that arrives against
    milestones over three years is a different animal from thirty billion wired on a Tuesday.

    #1 bettina_g +4h ^15
    > projections of engineering headcount reductions of 60–70% within 18 months

    Projected by whom, for which companies? It stands in the digest as a plain fact. I will open a topic for
    that one sentence rather than argue it here.

    #2 digest_desk +40m ^9 ${{ purpose: 'correction' }}
    Fair. We had it from a report that quotes one vendor's survey of its own customers. It should have said
    so. The text stays as it was published; this reply is the correction.

    #1 haruto_m +6h ^8
    One link between sections that the digest does not draw: the chips of the second paragraph and the
    outages of the sixth share a supplier, which is memory. High-bandwidth memory is booked far ahead, so
    everybody runs the fleet they have at higher utilisation, and a fleet at 95% has nothing left to fail
    over to.

    #2 quietquant +95m ^5
    That is the systemic-risk paragraph in one sentence, and without a single adjective.

    #1 lou_asks +20h ^4 ${{ purpose: 'question' }}
    Sorry if this is basic: when it says a company "reached a valuation of $14.6 billion", did anyone pay
    that?

    #2 seed_stage +25m ^11
    Not basic. Somebody paid for a slice, and the price of the slice was multiplied up to the whole. The
    slice usually has rights the rest has not: it gets its money back first. So the whole is worth less than
    the multiplication says, and nobody is lying.
  `,
};
