// Who decided, as the record knows them.

/** Both null: somebody whose account is gone. */
export interface Actor {
  readonly name: string | null;
  /** Of whoever ever was a moderator. */
  readonly number: number | null;
}
