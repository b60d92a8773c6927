/** Settings for logs, metrics, and traces. */
import { z } from "zod"
import { flag, text, url } from "@/lib/config-values"

export const LOG_FORMATS = ["text", "json"] as const
export const LOG_LEVELS = ["error", "warn", "info", "debug"] as const

export const observeValues = {
  METRICS_TOKEN: text.pipe(z.string().min(16, { error: "allowed: at least 16 characters" }).optional()),
  LOG_FORMAT: text.pipe(z.enum(LOG_FORMATS, { error: `allowed: ${LOG_FORMATS.join(", ")}` }).optional()),
  LOG_LEVEL: text.pipe(z.enum(LOG_LEVELS, { error: `allowed: ${LOG_LEVELS.join(", ")}` }).optional()),
  LOG_REQUESTS: flag(false),
  OTEL_EXPORTER_OTLP_ENDPOINT: url("an OpenTelemetry collector, e.g. http://localhost:4318"),
  TRACE_MODEL_SERVERS: flag(false),
}

export interface ObserveConfig {
  /** The token for reading the metrics; undefined: nobody can. */
  metricsToken: string | undefined
  /** A log line for each request. */
  logRequests: boolean
  /** Sends traces to the collector in OpenTelemetry's own settings. */
  traces: boolean
  /** Sends the trace context to model servers. */
  traceModelServers: boolean
}

const schema = z.object(observeValues)

export const observeConfig = (e: z.output<typeof schema>): ObserveConfig => ({
  metricsToken: e.METRICS_TOKEN,
  logRequests: e.LOG_REQUESTS,
  traces: e.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined,
  traceModelServers: e.TRACE_MODEL_SERVERS,
})
