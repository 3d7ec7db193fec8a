// What can go wrong with another site, in three kinds that people can be told of; and for the log why, without codes and
// tokens.

/** 'away': it does not answer, or not now. 'refused': it answers what cannot be taken. */
export type FailureKind = 'cancelled' | 'away' | 'refused';

export class ProviderFailure extends Error {
  readonly kind: FailureKind;

  /** @param because for the log; it holds nothing that was secret */
  constructor(kind: FailureKind, because: string) {
    super(because);
    this.kind = kind;
  }
}
