// A text with everything that Markdown can say here.

export const TEXT = `A paragraph with **strong** and *emphasised* words, \`code\`, ~~what was struck~~, a [link with
words](https://gridledger.example/a), a bare one https://gridledger.example/a/very/long/address/that/nobody/reads/to/its/end?with=parameters&and=more
and @kevin_h spoken to. It has a footnote.[^1]

## A heading

- first point
- second point
  - a point below it
  - and another
- third point

1. one
2. two
   1. two and a bit

### A lower heading

> A quote of somebody, which goes on for long enough to need a second line on most screens that people read with.
>
> And its second paragraph.

- [x] done
- [ ] not done yet

#### The lowest heading

\`\`\`js
// What a comment looks like
export function price(tokens) {
  return tokens > 1_000 ? \`\${tokens / 1_000} k\` : 'little';
}
\`\`\`

| Model | Price | Context |
| --- | ---: | --- |
| A small one | 0.10 | 128 k |
| A large one that thinks for a while before it answers | 15.00 | 1 M |

---

Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft, and مرحبا بالعالم in another direction.

[^1]: With something to add.
`;
