/** What this process and the decoders that it has begun have in memory (Linux). */
import { readdirSync, readFileSync } from "node:fs"

/** What a process of the system tells; empty once it has ended. */
function told(file: string): string {
  try {
    return readFileSync(`/proc/${file}`, "utf8")
  } catch {
    return ""
  }
}

/** Decoders that this process has begun (Linux). */
export const decoders = (): number[] =>
  readdirSync("/proc/self/task")
    .flatMap((thread) => told(`self/task/${thread}/children`).split(" ").filter(Boolean).map(Number))
    .filter((pid) => told(`${pid}/cmdline`).includes("own-process"))

/** Of this process and its decoders. */
export function residentMb(): number {
  const all = [process.pid, ...decoders()].map((pid) => (Number(told(`${pid}/statm`).split(" ")[1] ?? 0) * 4_096) / 1e6)
  return all.reduce((sum, one) => sum + one, 0)
}

/** The most that they have together until this is done. */
export async function peakOf(work: () => Promise<unknown>): Promise<number> {
  let peak = 0
  const look = setInterval(() => {
    peak = Math.max(peak, residentMb())
  }, 5)
  await work().finally(() => clearInterval(look))
  return peak
}
