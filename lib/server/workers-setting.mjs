import { availableParallelism } from "node:os"

/**
 * How many processes serve. What is no number is left to lib/config-processes.ts, which says what is allowed.
 * @param {string | undefined} setting
 */
export function workersIn(setting) {
  const text = setting?.trim() ?? ""
  if (text === "auto") return availableParallelism()
  return /^\d{1,3}$/.test(text) ? Math.max(1, Number(text)) : 1
}
