/**
 * One value for the whole process. Next.js bundles a module once for each route and once for
 * instrumentation, so a module variable is not one variable.
 */
export function singleton<T>(name: string, make: () => T): T {
  const key = Symbol.for(`sparkler.${name}`)
  const kept: { value: T } | undefined = Reflect.get(globalThis, key)
  if (kept) return kept.value
  const value = make()
  Reflect.set(globalThis, key, { value })
  return value
}

/** Has anybody asked for it yet? */
export const isMade = (name: string): boolean => Reflect.has(globalThis, Symbol.for(`sparkler.${name}`))
