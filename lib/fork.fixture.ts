import { type ChildProcess, fork } from "node:child_process"
import { randomUUID } from "node:crypto"
import path from "node:path"

const RUN = randomUUID()

/** Forks a TypeScript fixture. `args`: its `process.argv` from index 2. Only stderr is piped. */
export const forkFixture = (file: string, args: string[], env: Record<string, string | undefined>): ChildProcess =>
  fork(path.join(import.meta.dirname, "run.fixture.mjs"), [RUN, file, ...args], {
    execArgv: [],
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  })
