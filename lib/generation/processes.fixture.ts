/** Separate processes, each with the generation modules, on one database and one bus. */
import type { ChildProcess } from "node:child_process"
import path from "node:path"
import { expect } from "vitest"
import type { Hub } from "@/lib/bus/hub.fixture"
import { forkFixture } from "@/lib/fork.fixture"
import type { Call, Calls, Said } from "@/lib/generation/process.fixture"
import type { TestRedis } from "@/lib/redis/redis.fixture"

type Rest<Name extends keyof Calls> = Parameters<Calls[Name]> extends [unknown, ...infer Args] ? Args : []
type Result<Name extends keyof Calls> = Awaited<ReturnType<Calls[Name]>>

/** A command that a process is running. */
export interface Doing<T> {
  /** Its output so far, as streamed. */
  text(): string
  /** Resolves when `text` has arrived. */
  until(text: string): Promise<void>
  done: Promise<T>
}

export class Process {
  private readonly waiting = new Map<number, (said: Exclude<Said, "ready">) => void>()
  private count = 0

  private constructor(
    private readonly child: ChildProcess,
    readonly gone: Promise<unknown>,
  ) {}

  /** Inherits the settings of this process. `meeting`: the bus that connects the processes. */
  static async start(meeting: Hub | Pick<TestRedis, "url" | "prefix">): Promise<Process> {
    const joining =
      "socket" in meeting ? { HUB: meeting.socket } : { REDIS_URL: meeting.url, REDIS_PREFIX: meeting.prefix }
    const child = forkFixture(path.join(import.meta.dirname, "process.fixture.ts"), [], joining)
    let logged = ""
    child.stderr?.on("data", (text) => {
      logged += String(text)
    })
    const gone = new Promise((resolve) => child.once("exit", resolve))
    const made = new Process(child, gone)
    await new Promise<void>((resolve, reject) => {
      child.on("message", (said: Said) => (said === "ready" ? resolve() : made.waiting.get(said.id)?.(said)))
      gone.then(() => reject(new Error(`the process exited before it was ready: ${logged}`)))
    })
    return made
  }

  begin<Name extends keyof Calls>(name: Name, ...args: Rest<Name>): Doing<Result<Name>> {
    const call: Call = { id: ++this.count, name, args }
    let text = ""
    const done = new Promise<Result<Name>>((resolve, reject) => {
      this.waiting.set(call.id, (said) => {
        if ("part" in said) text += said.part
        else if ("error" in said) reject(new Error(said.error))
        // IPC only transfers JSON, and these commands return nothing else.
        else resolve(said.value as Result<Name>)
      })
    })
    // A killed process never finishes its commands.
    done.catch(() => {})
    this.child.send(call)
    return {
      text: () => text,
      until: (part) => expect.poll(() => text.includes(part), { message: `until ${part}` }).toBe(true),
      done,
    }
  }

  call<Name extends keyof Calls>(name: Name, ...args: Rest<Name>): Promise<Result<Name>> {
    return this.begin(name, ...args).done
  }

  /** Simulates a machine that dies (SIGKILL), sleeps (SIGSTOP), or wakes up (SIGCONT). */
  signal(name: "SIGKILL" | "SIGSTOP" | "SIGCONT"): void {
    this.child.kill(name)
  }

  async end(): Promise<void> {
    this.signal("SIGKILL")
    await this.gone
  }
}
