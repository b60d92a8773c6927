/** Merges several sources into one, in order of arrival, until all have ended. A single source is returned as is. */
export function merged<T>(sources: AsyncIterableIterator<T>[]): AsyncIterable<T> {
  const [first] = sources
  return first && sources.length === 1 ? first : mergedOf(sources)
}

async function* mergedOf<T>(sources: AsyncIterableIterator<T>[]): AsyncGenerator<T> {
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
    for (const source of waiting.keys()) void source.return?.().catch(() => undefined)
  }
}

const next = async <T>(source: AsyncIterableIterator<T>) => ({ source, result: await source.next() })
