import { type ChildProcess, fork } from "node:child_process"
import path from "node:path"

/** Forks a fixture in TypeScript. `args`: its `process.argv` from 2 on. Errors of it are piped, nothing else. */
export const forkFixture = (file: string, args: string[], env: Record<string, string | undefined>): ChildProcess =>
  fork(path.join(import.meta.dirname, "run.fixture.mjs"), [file, ...args], {
    execArgv: [],
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  })
