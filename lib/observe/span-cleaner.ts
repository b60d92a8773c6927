/** Only attributes that can't contain anyone's text leave this process, no matter who set them. */
import type { Attributes } from "@opentelemetry/api"
import type { ReadableSpan, SpanExporter } from "@opentelemetry/sdk-trace"

/** Sparkler's attributes and some of the AI SDK's: no messages, tool definitions, stop sequences, or addresses. */
const KNOWN = new RegExp(
  `^(?:${[
    "http\\.(?:request\\.method|route|response\\.status_code)",
    "sparkler\\.[a-z_]+|error\\.type",
    "gen_ai\\.(?:operation\\.name|provider\\.name|tool\\.(?:name|type)|(?:request|response)\\.model)",
    "gen_ai\\.request\\.(?:max_tokens|temperature|top_p|top_k|seed|frequency_penalty|presence_penalty)",
    "gen_ai\\.(?:response\\.finish_reasons|usage\\.[a-z_.]+|client\\.operation\\.[a-z_]+)",
  ].join("|")})$`,
)

const MAX_CHARS = 200

function cleanAttributes(attributes: Attributes): Attributes {
  const clean: Attributes = {}
  for (const [name, value] of Object.entries(attributes))
    if (KNOWN.test(name)) clean[name] = typeof value === "string" ? value.slice(0, MAX_CHARS) : value
  return clean
}

/** Events contain exception messages, and a status may too, so both are dropped. */
const cleanSpan = (span: ReadableSpan): ReadableSpan =>
  Object.create(span, {
    attributes: { value: cleanAttributes(span.attributes) },
    events: { value: [] },
    status: { value: { code: span.status.code } },
  })

/** An exporter of cleaned spans. Calls `failed` if they couldn't be sent. */
export const cleanSpans = (exporter: SpanExporter, failed: (error: unknown) => void): SpanExporter => ({
  export: (spans, done) =>
    exporter.export(spans.map(cleanSpan), (result) => {
      if (result.error) failed(result.error)
      done(result)
    }),
  forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
  shutdown: () => exporter.shutdown(),
})
