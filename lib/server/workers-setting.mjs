import { availableParallelism } from "node:os"

/**
 * The number of serving processes. Invalid values are reported by lib/config-processes.ts.
 * @param {string | undefined} setting
 */
export function workersIn(setting) {
  const text = setting?.trim() ?? ""
  if (text === "auto") return availableParallelism()
  return /^\d{1,3}$/.test(text) ? Math.max(1, Number(text)) : 1
}
