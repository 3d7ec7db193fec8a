// Work that costs much less when it is done for several at once. The first is done at once and by itself; who comes while it is
// under way waits for no more than that, and is then done together with all others who came.

/** One of those for whom something is done: each is told by itself what came of it. */
export interface Asking<Asked, Outcome> {
  readonly asked: Asked;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
}

export class Together<Asked, Outcome> {
  readonly #waiting = new Map<number, Asking<Asked, Outcome>[]>();
  readonly #work: (all: readonly Asking<Asked, Outcome>[]) => Promise<void>;

  /** @param work tells each of them what came of it; what it throws is told to all who were not told yet */
  constructor(work: (all: readonly Asking<Asked, Outcome>[]) => Promise<void>) {
    this.#work = work;
  }

  /** @param about what is done one after the other: only those who ask about the same are done together */
  ask(about: number, asked: Asked): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      const asking = { asked, resolve, reject };
      const waiting = this.#waiting.get(about);
      if (waiting) waiting.push(asking);
      else void this.#begin(about, [asking]);
    });
  }

  async #begin(about: number, first: Asking<Asked, Outcome>[]): Promise<void> {
    for (let all = first; all.length > 0; all = this.#waiting.get(about) ?? []) {
      this.#waiting.set(about, []);
      await this.#work(all).catch((error: unknown) => {
        for (const { reject } of all) reject(error);
      });
    }
    this.#waiting.delete(about);
  }
}
