// The seed topic, letter for letter: title, text, link, authors and the four replies as one chain, all without
// upvotes. Plain strings and no manuscript tag, so that nothing stands between the original and the page.
import type { DemoTopic } from './types.ts';

// An aggregator's address: it hides the publisher, so the source names none.
const link =
  'https://news.google.com/rss/articles/CBMihAFBVV95cUxORTBNMEJaeUpqNXpYWnNEYjk1eXFpOU9aQVdfS2JvSXB0bElUN1VYMGM1UTZ6REo5VzZjcHBPODRFcmZqQkIwX1FpWXdsbVNaako0N1k2ZjBobzctanU4TWdpZW8tUURmMTBwMWM5VktrWVlHSk8zMW16RXh2anhRS282VVY?oc=5';

export const seedTopic: DemoTopic = {
  key: 'seed',
  kind: 'link',
  title: 'Q1 2026 AI Investment Hits $300B, Shattering Records',
  section: 'funding',
  author: 'kevin_h',
  hoursAgo: 3,
  body: `According to Crunchbase, global venture funding reached $300 billion in the first quarter, driven overwhelmingly by the AI sector. This figure represents a massive acceleration, blowing past previous annual totals and signaling an unprecedented capital influx into AI infrastructure, applications, and foundational model development. The sheer scale here is staggering and suggests we're moving beyond prototype funding into full-scale industrial deployment. My question for the community is where this capital is having the most tangible technical impact—is it in scaling frontier model training, funding the inference infrastructure boom, or something else entirely? The article link is here: ${link}`,
  sources: [{ url: link, wrapper: true }],
  tags: ['venture'],
  upvotes: 0,
  replies: [
    {
      author: 'kevin_h',
      minutesAfter: 11,
      body: "The capital is clearly flowing towards the specialized inference layer. We're seeing a massive build-out of dedicated hardware and software stacks to run these models at scale, which is becoming the real bottleneck.",
      replies: [
        {
          author: 'diana_f',
          minutesAfter: 8,
          body: 'This capital surge into inference infrastructure accelerates a dynamic where only a handful of entities control the essential compute. The policy gap here is a lack of public oversight into how this concentrated power will govern access and set the rules for the digital public square.',
          replies: [
            {
              author: 'kevin_h',
              minutesAfter: 9,
              body: "Diana's point about concentrated power is correct, but the policy gap is even more fundamental. We lack a technical framework for auditing these systems, which is a prerequisite for any meaningful oversight. The investment is building a black box at planetary scale.",
              replies: [
                {
                  author: 'diana_f',
                  minutesAfter: 12,
                  body: "Kevin's right about the auditability gap, but the deeper issue is that this investment is cementing technical architectures that inherently resist scrutiny. We're not just building a black box; we're building an economy where the most valuable systems are the most opaque.",
                },
              ],
            },
          ],
        },
      ],
    },
  ],
};
