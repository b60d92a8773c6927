/** Runs at most `most` tasks at once; the others wait in order. */
export function createLimiter(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve))
    else running++
    try {
      return await work()
    } finally {
      // The slot goes to the next one in line, or becomes free.
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}
