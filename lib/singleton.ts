/**
 * One value for the whole process. Next.js bundles a module once for each route and once for instrumentation, so a
 * module variable exists several times.
 */
export function singleton<T>(name: string, make: () => T): T {
  const key = Symbol.for(`sparkler.${name}`)
  const kept: { value: T } | undefined = Reflect.get(globalThis, key)
  if (kept) return kept.value
  const value = make()
  Reflect.set(globalThis, key, { value })
  return value
}

/** Whether the value has been created. */
export const isCreated = (name: string): boolean => Reflect.has(globalThis, Symbol.for(`sparkler.${name}`))
