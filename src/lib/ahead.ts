/**
 * The items of a source, of which the next is made while one is in use.
 * @param mayGoAhead false for an item that must be done with before the next is made
 */
export async function* ahead<Item>(
  source: AsyncGenerator<Item>,
  mayGoAhead: (item: Item) => boolean = () => true,
): AsyncGenerator<Item> {
  let next = source.next();
  try {
    for (let made = await next; !made.done; made = await next) {
      const goesAhead = mayGoAhead(made.value);
      if (goesAhead) next = source.next();
      // Its failure is met where it is awaited.
      next.catch(() => undefined);
      yield made.value;
      if (!goesAhead) next = source.next();
    }
  } finally {
    await next.catch(() => undefined);
    await source.return(undefined);
  }
}
