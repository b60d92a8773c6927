/** What several sources yield, as it comes, until all have ended. */
export async function* merged<T>(sources: AsyncGenerator<T>[]): AsyncGenerator<T> {
  const waiting = new Map(sources.map((source) => [source, next(source)]))
  try {
    while (waiting.size > 0) {
      const { source, result } = await Promise.race(waiting.values())
      if (result.done) waiting.delete(source)
      else {
        waiting.set(source, next(source))
        yield result.value
      }
    }
  } finally {
    for (const source of waiting.keys()) void source.return(undefined).catch(() => undefined)
  }
}

const next = async <T>(source: AsyncGenerator<T>) => ({ source, result: await source.next() })
