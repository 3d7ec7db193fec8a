// Policy & security: the deep discussion. One argument runs over eighteen levels, and both sides move in it.
import { discussion, text } from './manuscript.ts';
import type { DemoTopic } from './types.ts';

export const aiAct: DemoTopic = {
  key: 'ai-act-general-purpose',
  kind: 'link',
  title: 'What general-purpose model providers must have in place when the EU AI Act applies in August',
  section: 'policy-security',
  author: 'hanna_k',
  hoursAgo: 11,
  body: text`
    The overview is good on papers and thin on people, so here is the list I give to clients, with the
    articles:

    - technical documentation for the authorities, Art. 53(1)(a) and Annex XI
    - information for those who build on the model, Art. 53(1)(b) and Annex XII
    - a policy to respect copyright, including opt-outs, Art. 53(1)(c)
    - a public summary of the training content, Art. 53(1)(d)
    - with systemic risk, besides: evaluation, mitigation, incident reports, security, Art. 55

    For each of them, write a *name* beside it. In three of the five companies I visited this spring, two
    lines had the same name, and it was somebody who had left.
  `,
  sources: [
    {
      url: 'https://lawnotes.example/ai-act-general-purpose-models',
      role: 'analysis',
      title: 'What general-purpose model providers must have in place',
      publisher: 'Law Notes',
      publishedHoursAgo: 19,
      description: 'A walk through Chapter V with the dates, the annexes and the exceptions.',
    },
    {
      url: 'https://eur-lex.europa.eu/eli/reg/2024/1689/oj',
      role: 'primary',
      title: 'Regulation (EU) 2024/1689',
      publisher: 'EUR-Lex',
    },
    {
      url: 'https://amtsblick.example/ki-verordnung-fristen',
      role: 'report',
      title: 'Was ab August für Anbieter großer Modelle gilt',
      publisher: 'Amtsblick',
      publishedHoursAgo: 18,
      language: 'de',
    },
  ],
  tags: ['eu-ai-act'],
  upvotes: 33,
  replies: discussion`
    #1 samir_b +18m ^12 ${{ purpose: 'question' }}
    We host fine-tuning for 400 small firms. They bring tickets and letters, we adapt an open model, they
    serve it to their customers. Who is the provider of the result: the maker of the base model, we, or the
    firm with nine employees?

    #2 pbianchi +22m ^15
    Probably none of you two. Recital 109 limits a modifier's obligations to the modification. The
    Commission's guidelines take, as an indication, a third of the compute that trained the original. An
    adapter on ten thousand tickets is not a third of anything.

    #3 lowrank +15m ^13
    A third of the compute is a strange yardstick. With a few hundred examples and twenty minutes on one
    card I can remove most refusals from an open model. What I change in behaviour has next to nothing to do
    with the operations I spend.

    #4 pbianchi +19m ^8
    > has next to nothing to do with the operations I spend

    I believe you. But law needs something that can be known *before* the act, by the one who must decide
    whether to call a lawyer. Compute is known. What would you use instead?

    #5 lowrank +26m ^9
    Behaviour. Take the evaluation with which the base model was released, run it before and after. If the
    safety part moves by more than its noise, you have made a different model, and whoever did that should
    answer for it.

    #6 hanna_k +20m ^10
    Two practical things. Who has that evaluation? The documentation of Annex XI goes to the authorities,
    not to you. And a firm of nine people is to run it for each nightly update?

    #7 lowrank +17m ^6
    Public suites exist and are good enough to see a drop. And nobody needs it per run, only per *recipe*:
    same base, same method, same kind of data, same strength. The host can do it.

    #8 samir_b +24m ^9
    The host is me. I did the sum at lunch: a decent public suite is about 340 GPU-hours with us, mostly
    long generations. We do 1,100 fine-tunes a month, the median takes three hours. Per run, testing would
    cost a hundred times the thing tested.

    #9 diana_f +33m ^14
    Then the cost exists and is at present carried by nobody you can name. The host says it is too dear, the
    customer is too small, the base provider is too far away. What remains are the people who talk to the
    result. That is an externality, and you have just given us its price.

    #10 samir_b +14m ^11
    A hit. But look who the duty would find. Somebody who *wants* a model without refusals does not use a
    host with invoices; he downloads the weights. You would be taxing the four hundred plumbers and never
    meet the one you mean.

    #11 lowrank +28m ^13 ${{ purpose: 'source' }}
    On the one with intent you are right, and I withdraw him from my argument. But the accident is real.
    Harmless data also wears down refusals, without anybody wanting it: see
    [2310.03693](https://arxiv.org/abs/2310.03693). Your plumbers are in that paper.

    #12 pbianchi +35m ^16 ${{ purpose: 'analysis' }}
    Then I think we are all arguing about the wrong chapter. Chapter V is about *models*. The accident you
    describe hurts somebody only inside a *system* with a use. For those the Act has another door: whoever
    substantially modifies a high-risk system, or turns something into one, becomes its provider under Art.
    25, with everything that follows.

    So the plumber's ticket bot stays outside, which is right. The same adapter in a tool that ranks job
    applicants makes its owner a provider, which is also right. Compute has nothing to do with it.

    The gap that is left is narrow: modified, widely used, and in nothing that counts as high-risk.

    #13 hanna_k +16m ^8
    And the gap is chosen. It was discussed at length, and the recital is what was left when everybody was
    tired. One may dislike it, but it is no oversight.

    #14 diana_f +29m ^12
    A chosen gap is still a gap. But I concede the structure to pbianchi: I had put the duty at the wrong
    layer, because that is where the power sits, and those are two different questions.

    What I would still want is information. Not a test per run and not a new provider. The host should tell
    the firm of nine what its recipe does to the base model, in a form that a person without a laboratory
    can read.

    #15 samir_b +18m ^13
    That I can do, and I would even like to. We have nine recipes. 340 hours each is two quiet weekends,
    once, and again when the base model changes. One page per recipe: refusals before, refusals after, on
    which suite, on what date.

    #16 lowrank +12m ^8
    Nine is nothing. I will help you choose the suite, if you publish the two that come out worst along with
    the rest.

    #17 pbianchi +21m ^9
    And put the page into the contract as part of the *description of the service*. If the law comes to you
    one day, you already have the habit and the paper. If it does not, you have a better product than the
    next host.

    #18 samir_b +10m ^19
    Came with a yes-or-no question, leave with homework :) Thank you, all four. I'll post the pages when
    they exist, worst ones included.

    #1 bart_v +35m ^18 ${{ purpose: 'correction' }}
    The headline is a year late for the chapter it describes. Chapter V has applied since **2 August 2025**
    (Art. 113). What begins in August 2026 for these providers is that the Commission may *enforce* it:
    requests, evaluations, fines under Art. 101. And models that were on the market before August 2025 have
    until August 2027 (Art. 111).

    #2 hanna_k +20m ^11
    Correct, and I should have put it above my list. It is the publisher's headline, so it stays by rule 5.
    In practice clients start when enforcement starts, which is why the headline will be read.

    #3 bart_v +9m ^7
    Like flossing.

    #1 mattias_l +2h ^4 ${{ purpose: 'question' }}
    Is the exception for free and open models worth anything?

    #2 pbianchi +40m ^9
    It removes the two kinds of documentation, Art. 53(2). It leaves the copyright policy and the summary of
    content, and it is gone altogether with systemic risk. And "free and open" has conditions: if you charge
    for the model in some form, or forbid uses, ask before you lean on it.

    #1 kofi_t +4h ^5
    From outside: does any of it reach a company in Accra with customers in Lisbon?

    #2 hanna_k +45m ^7
    If you place a model on the Union market, yes, wherever you sit. If you *use* somebody else's model in
    your product, you are mostly on the receiving end of Annex XII. Ask your provider for it. They owe it to
    you.
  `,
};
