import { fork } from "node:child_process"
import path from "node:path"

/** Starts the benchmarks' model server in a separate process. */
export async function startUpstream(file = "upstream.ts"): Promise<{ url: string; stop: () => void }> {
  const child = fork(path.join(import.meta.dirname, file), { execArgv: ["--import", "tsx"] })
  const port = await new Promise<unknown>((resolve) => child.once("message", resolve))
  return { url: `http://127.0.0.1:${port}/inference/v1`, stop: () => void child.kill() }
}
