/**
 * What happens between request and response: waits for a deployment that starts from zero, and falls back from a spot
 * model without capacity to its standard one (fireworks-api.md, “Errors”, “Ways to be served”). Both only before an
 * answer starts.
 */
import { setTimeout as wait } from "node:timers/promises"
import { readRefusal } from "@/lib/ai/retrying-fetch"
import { faultOf } from "@/lib/ai/upstream/upstream-faults"
import { AppError } from "@/lib/http/errors"

/** Progress events. */
export type Serving =
  /** Milliseconds since the deployment was first called. `over`: the wait has ended. */
  | { type: "starting"; elapsedMs: number; over: boolean }
  /** This ID is called instead of the one without capacity. */
  | { type: "instead"; model: string }

interface Options {
  /** The ID to call instead of one without capacity. */
  fallback?: string | null
  onServing?: (serving: Serving) => void
  /** Milliseconds that a deployment may take to start; usually 5 to 10 minutes. */
  startingMs: number
}

const FIRST_WAIT_MS = 2_000
const LONGEST_WAIT_MS = 15_000
const MIN_WAIT_MS = 100

/** `fetch` that waits for a deployment to start, and falls back from a model without capacity. */
export function servingFetch(
  fetchUpstream: typeof fetch,
  { fallback = null, onServing, startingMs }: Options,
): typeof fetch {
  let fallen = false
  return async (input, init) => {
    const instead = fallback && withModel(init?.body, fallback)
    // After falling back, an answer doesn't switch back and forth between the two.
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

/** Retries with growing delays until the deployment answers. Throws `upstream:scaling_up` if that takes too long. */
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

/** What the server asks for, or 1.5 times as long each time. */
function waitOf(response: Response, tries: number): number {
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN)
  const ms = seconds >= 0 ? seconds * 1_000 : FIRST_WAIT_MS * 1.5 ** tries
  return Math.min(Math.max(ms, MIN_WAIT_MS), LONGEST_WAIT_MS)
}

/** The response, still readable, and whether it means that there is no capacity or that the deployment is starting. */
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

/** Whether a model can't answer now: the fleet has no capacity, or the model is not served (anymore). */
function hasNoRoom(status: number, body: string): boolean {
  const fault = faultOf(status, body)
  if (status === 404) return fault === "modelNotFound"
  // The account's own rate limit is not a lack of capacity: it also applies to other ways of serving the model.
  if (status === 429) return fault === "rateLimit" && /capacity|no room|overloaded/i.test(body)
  return (status === 503 || status === 529) && fault === "overloaded"
}

/** The same request for another model; null if the body can't be parsed. */
function withModel(body: unknown, model: string): string | null {
  if (typeof body !== "string") return null
  const question: unknown = JSON.parse(body)
  return typeof question === "object" && question !== null ? JSON.stringify({ ...question, model }) : null
}
