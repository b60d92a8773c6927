/** Benchmark figures and their formatting. */
import { readdirSync, readFileSync } from "node:fs"
import os from "node:os"

const CLOCK_TICKS = 100

/** Where results are reported. */
export interface Figures {
  /** URL of the model server. */
  upstream: string
  /** Reports progress. */
  say(line: string): void
  /** A row of the table: what was measured, directly, through the app, and the target. */
  row(...cells: [what: string, raw: string, ours: string, goal: string]): void
}

/** The value below which `share` (0–1) of the values are. */
export function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export const median = (values: number[]): number => quantile(values, 0.5)

/** CPU seconds used by a process and its children. */
export function processorSeconds(pid: number): number {
  return family(pid).reduce((sum, id) => {
    const fields = read(`/proc/${id}/stat`).split(") ").at(-1)?.split(" ") ?? []
    return sum + (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / CLOCK_TICKS
  }, 0)
}

/** Megabytes currently used by a process and its children. */
export function residentMegabytes(pid: number): number {
  return family(pid).reduce((sum, id) => {
    const [, kilobytes = "0"] = /VmRSS:\s+(\d+)/.exec(read(`/proc/${id}/status`)) ?? []
    return sum + Number(kilobytes) / 1_024
  }, 0)
}

function family(pid: number): number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync("/proc"))
    if (/^\d+$/.test(name)) {
      const [, parent = "0"] = /PPid:\s+(\d+)/.exec(read(`/proc/${name}/status`)) ?? []
      parents.set(Number(name), Number(parent))
    }
  const members = [pid]
  for (const member of members)
    for (const [id, parent] of parents) if (parent === member && !members.includes(id)) members.push(id)
  return members
}

/** A file of /proc; empty if its process has ended. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8")
  } catch {
    return ""
  }
}

export const ms = (value: number) => `${value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString("en")} ms`
export const count = (value: number) => Math.round(value).toLocaleString("en")

/** A Markdown table. */
export function table(head: string[], rows: string[][]): string {
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n")
}

/** The machine and date of the measurement. */
export function machine(): string {
  const [cpu] = os.cpus()
  const memory = Math.round(os.totalmem() / 2 ** 30)
  return `${os.cpus().length} × ${cpu?.model.trim()}, ${memory} GiB, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}`
}
