/** Memory of this process and its decoder processes (Linux). */
import { readdirSync, readFileSync } from "node:fs"

/** A process's file in `/proc`; empty once the process has ended. */
function told(file: string): string {
  try {
    return readFileSync(`/proc/${file}`, "utf8")
  } catch {
    return ""
  }
}

/** Decoder processes started by this process (Linux). */
export const decoders = (): number[] =>
  readdirSync("/proc/self/task")
    .flatMap((thread) => told(`self/task/${thread}/children`).split(" ").filter(Boolean).map(Number))
    .filter((pid) => told(`${pid}/cmdline`).includes("own-process"))

/** Of this process and its decoders. */
export function residentMb(): number {
  const all = [process.pid, ...decoders()].map((pid) => (Number(told(`${pid}/statm`).split(" ")[1] ?? 0) * 4_096) / 1e6)
  return all.reduce((sum, one) => sum + one, 0)
}

/** Their peak memory until `work` is done. */
export async function peakOf(work: () => Promise<unknown>): Promise<number> {
  let peak = 0
  const look = setInterval(() => {
    peak = Math.max(peak, residentMb())
  }, 5)
  await work().finally(() => clearInterval(look))
  return peak
}
