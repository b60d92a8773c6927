/**
 * Prometheus metrics of this process. If they can't be read (no `METRICS_TOKEN`), nothing is counted and prom-client
 * isn't loaded. Label values are a small fixed set: routes, codes, kinds, never ids, names, or text.
 */
import type { Counter, Histogram, Registry } from "prom-client"
import { familyOf } from "@/lib/observe/families"
import { singleton } from "@/lib/singleton"

/** Seconds. */
const REQUESTS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
const FIRST_TOKENS = [0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 64, 120]
const ANSWERS = [0.5, 1, 2, 5, 10, 20, 40, 80, 160, 320, 640]

export interface Meters {
  registry: Registry
  requests: Histogram<"method" | "route" | "status">
  firstToken: Histogram<"family">
  answers: Histogram<"status">
  tokens: Counter<"kind">
  cost: Counter<"billed_to">
  faults: Counter<"kind">
  attempts: Counter<"outcome">
  jobs: Counter<"kind" | "outcome">
  uploads: Counter<"kind">
  uploadBytes: Counter
  signInFailures: Counter<"way">
}

const kept = () => singleton<{ meters: Meters | null }>("meters", () => ({ meters: null }))

/** Null if nothing is counted. */
export const meters = (): Meters | null => kept().meters

/** Starts counting in this process; call it once. */
export async function startMeters(): Promise<Meters> {
  const found = kept().meters
  if (found) return found
  const { collectDefaultMetrics, Registry } = await import("prom-client")
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const made = await metersIn(registry)
  kept().meters = made
  return made
}

/** For tests. */
export function stopMeters(): void {
  kept().meters?.registry.clear()
  kept().meters = null
}

async function metersIn(registry: Registry): Promise<Meters> {
  const { Counter, Histogram } = await import("prom-client")
  const registers = [registry]
  const counter = <L extends string = never>(name: string, help: string, labelNames: L[] = []) =>
    new Counter<L>({ name: `sparkler_${name}`, help, labelNames, registers })
  const histogram = <L extends string>(name: string, help: string, labelNames: L[], buckets: number[]) =>
    new Histogram<L>({ name: `sparkler_${name}`, help, labelNames, buckets, registers })
  return {
    registry,
    requests: histogram(
      "http_request_duration_seconds",
      "HTTP request duration until the end of the response; for event streams, until the stream starts",
      ["method", "route", "status"],
      REQUESTS,
    ),
    firstToken: histogram(
      "first_token_seconds",
      "Time from the start of an answer to its first token, by model family",
      ["family"],
      FIRST_TOKENS,
    ),
    answers: histogram("answer_duration_seconds", "Duration of finished answers, by outcome", ["status"], ANSWERS),
    tokens: counter(
      "tokens_total",
      "Tokens as reported by model servers: cached_input is part of input, reasoning is part of output",
      ["kind"],
    ),
    cost: counter("cost_usd_total", "Cost of answers in US dollars, by the API key billed", ["billed_to"]),
    faults: counter("upstream_faults_total", "Failed answers, by kind of error", ["kind"]),
    attempts: counter("upstream_attempts_total", "Requests to model servers, by response status", ["outcome"]),
    jobs: counter("jobs_total", "Finished job attempts, by outcome", ["kind", "outcome"]),
    uploads: counter("uploads_total", "Uploaded files, by kind", ["kind"]),
    uploadBytes: counter("upload_bytes_total", "Bytes of uploaded files"),
    signInFailures: counter("sign_in_failures_total", "Wrong passwords and passcodes", ["way"]),
  }
}

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])

/** `route`: a pattern of `routeNames`. */
export function countRequest(method: string, route: string, status: number, seconds: number): void {
  meters()?.requests.observe({ method: METHODS.has(method) ? method : "other", route, status: String(status) }, seconds)
}

/** `seconds`: since the answer started. `model`: its id. */
export function countFirstToken(model: string, seconds: number): void {
  meters()?.firstToken.observe({ family: familyOf(model) }, seconds)
}

export interface Ended {
  status: "complete" | "stopped" | "failed" | "interrupted"
  seconds: number
  /** The error code. */
  fault: string | null
}

export function countAnswer({ status, seconds, fault }: Ended): void {
  const counting = meters()
  counting?.answers.observe({ status }, seconds)
  if (fault) counting?.faults.inc({ kind: fault })
}

export interface Spent {
  input: number
  output: number
  cachedInput?: number
  reasoning?: number
  /** US dollars. */
  costUsd: number
  ownKey: boolean
}

export function countSpending({ input, output, cachedInput = 0, reasoning = 0, costUsd, ownKey }: Spent): void {
  const counting = meters()
  if (!counting) return
  for (const [kind, count] of Object.entries({ input, output, cached_input: cachedInput, reasoning }))
    counting.tokens.inc({ kind }, count)
  counting.cost.inc({ billed_to: ownKey ? "own_key" : "sparkler" }, costUsd)
}

/** `status`: of the model server's response; null: there was none. */
export function countAttempt(status: number | null): void {
  const outcome = status === null ? "no_answer" : status === 429 ? "429" : `${Math.floor(status / 100)}xx`
  meters()?.attempts.inc({ outcome })
}

export function countJob(kind: string, outcome: "done" | "failed" | "cancelled" | "retried" | "handed_back"): void {
  meters()?.jobs.inc({ kind, outcome })
}

export function countUpload(kind: "image" | "document" | "text", bytes: number): void {
  meters()?.uploads.inc({ kind })
  meters()?.uploadBytes.inc(bytes)
}

export function countSignInFailure(way: "password" | "passcode"): void {
  meters()?.signInFailures.inc({ way })
}
