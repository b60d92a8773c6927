/**
 * What happens between asking and being answered: a deployment that starts from zero is waited for, and a spot model
 * without room hands over to its standard one (fireworks-api.md, “Errors”, “Ways to be served”). Both only before an
 * answer begins.
 */
import { setTimeout as wait } from "node:timers/promises"
import { readRefusal } from "@/lib/ai/retrying-fetch"
import { faultOf } from "@/lib/ai/upstream/upstream-faults"
import { AppError } from "@/lib/http/errors"

/** What is told of it. */
export type Serving =
  /** Milliseconds since the deployment was first asked. `over`: it is up. */
  | { type: "starting"; elapsedMs: number; over: boolean }
  /** This id is asked in place of the one that has no room. */
  | { type: "instead"; model: string }

interface Options {
  /** The id to ask in place of one that has no room. */
  fallback?: string | null
  onServing?: (serving: Serving) => void
  /** Milliseconds that a deployment may take to start; usually it takes 5 to 10 minutes. */
  startingMs: number
}

const FIRST_WAIT_MS = 2_000
const LONGEST_WAIT_MS = 15_000
const LEAST_WAIT_MS = 100

/** `fetch` that waits for a deployment to start, and falls back from a model without room. */
export function servingFetch(
  fetchUpstream: typeof fetch,
  { fallback = null, onServing, startingMs }: Options,
): typeof fetch {
  let fallen = false
  return async (input, init) => {
    const instead = fallback && withModel(init?.body, fallback)
    // One answer is not asked of both by turns.
    if (fallen && instead) return fetchUpstream(input, { ...init, body: instead })
    const { response, isFull, isStarting } = await asked(fetchUpstream, input, init)
    if (isStarting) return untilStarted(fetchUpstream, { input, init, onServing, startingMs, first: response })
    if (!isFull || !fallback || !instead) return response
    fallen = true
    onServing?.({ type: "instead", model: fallback })
    return fetchUpstream(input, { ...init, body: instead })
  }
}

interface Start extends Pick<Options, "onServing" | "startingMs"> {
  input: Parameters<typeof fetch>[0]
  init: Parameters<typeof fetch>[1]
  first: Response
}

/** Asks again with growing waits until the deployment answers. Throws `upstream:scaling_up` when that takes too long. */
async function untilStarted(fetchUpstream: typeof fetch, start: Start): Promise<Response> {
  const { input, init, onServing, startingMs, first } = start
  const startedAt = performance.now()
  const elapsedMs = () => Math.round(performance.now() - startedAt)
  let last = first
  for (let tries = 0; elapsedMs() < startingMs; tries++) {
    onServing?.({ type: "starting", elapsedMs: elapsedMs(), over: false })
    await wait(waitOf(last, tries), undefined, { signal: init?.signal ?? undefined })
    const { response, isStarting } = await asked(fetchUpstream, input, init)
    if (!isStarting) {
      onServing?.({ type: "starting", elapsedMs: elapsedMs(), over: true })
      return response
    }
    last = response
  }
  onServing?.({ type: "starting", elapsedMs: elapsedMs(), over: true })
  const values =
    startingMs >= 120_000
      ? { unit: "minutes", count: Math.round(startingMs / 60_000) }
      : { unit: "seconds", count: Math.round(startingMs / 1_000) }
  throw new AppError("upstream:scaling_up/waited", { values })
}

/** What the server asks for, else half as long again each time. */
function waitOf(response: Response, tries: number): number {
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN)
  const ms = seconds >= 0 ? seconds * 1_000 : FIRST_WAIT_MS * 1.5 ** tries
  return Math.min(Math.max(ms, LEAST_WAIT_MS), LONGEST_WAIT_MS)
}

/** What a server answers, which can still be read: it has no room, or has yet to start. */
async function asked(fetchUpstream: typeof fetch, ...args: Parameters<typeof fetch>) {
  const answer = await fetchUpstream(...args)
  const { status } = answer
  if (answer.ok) return { response: answer, isFull: false, isStarting: false }
  const { response, body } = await readRefusal(answer)
  return {
    response,
    isFull: hasNoRoom(status, body),
    isStarting: status === 503 && faultOf(status, body) === "scalingUp",
  }
}

/** Says of a model that it can't answer now: the fleet has no room, or no such model is served (any more). */
function hasNoRoom(status: number, body: string): boolean {
  const fault = faultOf(status, body)
  if (status === 404) return fault === "modelNotFound"
  // One's own limit is not the model's: another way of the same model has it as well.
  if (status === 429) return fault === "rateLimit" && /capacity|no room|overloaded/i.test(body)
  return (status === 503 || status === 529) && fault === "overloaded"
}

/** The same question to another model; null when it is none that can be read. */
function withModel(body: unknown, model: string): string | null {
  if (typeof body !== "string") return null
  const question: unknown = JSON.parse(body)
  return typeof question === "object" && question !== null ? JSON.stringify({ ...question, model }) : null
}
