/**
 * OpenTelemetry traces, sent by OTLP/HTTP. Loaded only if a collector is set. No provider is registered globally,
 * because Next.js would then trace every request with its URL, including the tokens of links.
 */
import { OpenTelemetry } from "@ai-sdk/otel"
import { type Context, context, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api"
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks"
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http"
import { resourceFromAttributes } from "@opentelemetry/resources"
import {
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from "@opentelemetry/sdk-trace"
import { registerTelemetry } from "ai"
import { logFault } from "@/lib/log"
import { onAnswered, type RequestWatch, watchRequests } from "@/lib/observe/requests"
import { cleanSpans } from "@/lib/observe/span-cleaner"
import { type SpanFacts, setTracing, type Tracing } from "@/lib/observe/trace"
import { registerSecret } from "@/lib/redact-keys"
import { requestContext } from "@/lib/request-context"

interface Options {
  /** The id of this process. */
  instance: string
  /** Whether to send `traceparent` to model servers. */
  tellModelServers: boolean
}

/** Milliseconds between two log lines about an unreachable collector. */
const TELL_EVERY_MS = 60_000

/** Everything else uses OpenTelemetry's own settings: `OTEL_EXPORTER_OTLP_HEADERS`, `OTEL_TRACES_SAMPLER_ARG`, … */
export function startTracing({ instance, tellModelServers }: Options): void {
  for (const header of (process.env.OTEL_EXPORTER_OTLP_HEADERS ?? "").split(","))
    registerSecret(header.split("=").slice(1).join("="))
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      "service.name": process.env.OTEL_SERVICE_NAME || "sparkler",
      "service.instance.id": instance,
    }),
    sampler: new ParentBasedSampler({ root: rootSampler() }),
    spanProcessors: [new BatchSpanProcessor({ exporter: cleanSpans(new OTLPTraceExporter(), tellNowAndThen()) })],
  })
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  const tracer = provider.getTracer("sparkler")
  registerTelemetry(new OpenTelemetry({ tracer }))
  const begin = (name: string, kind: SpanKind, facts: SpanFacts, parent: Context) =>
    tracer.startSpan(name, { kind, attributes: facts }, parent)
  const tracing: Tracing = {
    inSpan: (name, facts, work) => {
      const parent = parentContext()
      const span = begin(name, SpanKind.INTERNAL, facts, parent)
      return context.with(trace.setSpan(parent, span), () =>
        spanned(
          span,
          work((more) => span.setAttributes(more)),
        ),
      )
    },
    traceparent: () => (tellModelServers ? nameOf(trace.getSpan(context.active())) : null),
    stop: () => provider.shutdown(),
  }
  setTracing(tracing)
  watchRequests(requestSpans((name, facts, parent) => begin(name, SpanKind.SERVER, facts, parent)))
}

async function spanned<T>(span: Span, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR })
    span.setAttribute("error.type", error instanceof Error ? error.name : "unknown")
    throw error
  } finally {
    span.end()
  }
}

/** Samples all traces, or the share in `OTEL_TRACES_SAMPLER_ARG` (0 to 1). */
function rootSampler() {
  const share = Number(process.env.OTEL_TRACES_SAMPLER_ARG || 1)
  return share >= 0 && share < 1 ? new TraceIdRatioBasedSampler(share) : new AlwaysOnSampler()
}

/** The current span, else the request's span. */
function parentContext(): Context {
  const active = context.active()
  const { span } = requestContext()
  return trace.getSpan(active) || !span ? active : trace.setSpan(active, span)
}

const nameOf = (span: Span | undefined): string | null => {
  if (!span) return null
  const { traceId, spanId, traceFlags } = span.spanContext()
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, "0")}`
}

const TRACEPARENT = /^00-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})$/

/** The trace that a trusted proxy started; lib/server/observe.mjs removes the header from all other requests. */
function remoteContext(header: unknown): Context {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(typeof header === "string" ? header : "") ?? []
  if (!traceId || !spanId || !flags) return ROOT_CONTEXT
  const traceFlags = Number.parseInt(flags, 16)
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true })
}

/** Not traced: routes that machines poll every few seconds, and static files. */
const UNTRACED = new Set(["/api/health", "/api/ready", "/api/metrics", "/_next/static", "other"])

const requestSpans =
  (begin: (name: string, facts: SpanFacts, parent: Context) => Span): RequestWatch =>
  (request, response, about) => {
    const { route = "other", requestId = "" } = about
    if (UNTRACED.has(route)) return
    const { method = "" } = request
    const facts = { "http.request.method": method, "http.route": route, "sparkler.request_id": requestId }
    const span = begin(`${method} ${route}`, facts, remoteContext(request.headers.traceparent))
    about.span = span
    onAnswered(({ status }) => {
      span.setAttribute("http.response.status_code", status)
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
      span.end()
    })(request, response, about)
  }

function tellNowAndThen(): (error: unknown) => void {
  let told = Number.NEGATIVE_INFINITY
  return (error) => {
    const now = performance.now()
    if (now - told < TELL_EVERY_MS) return
    told = now
    logFault("exporting traces to OTEL_EXPORTER_OTLP_ENDPOINT failed", error)
  }
}
