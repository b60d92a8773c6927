/** Calls the demo model for its tests: takes a body, returns the parsed answer or stream. */
import { z } from "zod"
import type { DemoModel } from "@/lib/demo"

const call = z.object({
  index: z.number(),
  id: z.string().optional(),
  function: z.object({ name: z.string().optional(), arguments: z.string() }),
})
const usage = z.object({
  prompt_tokens: z.number(),
  completion_tokens: z.number(),
  total_tokens: z.number(),
  prompt_tokens_details: z.object({ cached_tokens: z.number() }),
  completion_tokens_details: z.object({ reasoning_tokens: z.number() }).optional(),
})
const timings = z.record(z.string(), z.json())

const answer = z.object({
  choices: z.tuple([
    z.object({
      message: z.object({
        content: z.string().nullable(),
        reasoning_content: z.string().optional(),
        tool_calls: z.array(call).optional(),
      }),
      finish_reason: z.string(),
    }),
  ]),
  usage,
  perf_metrics: timings.optional(),
})
const chunk = z.object({
  choices: z.array(
    z.object({
      delta: z.object({
        content: z.string().optional(),
        reasoning_content: z.string().optional(),
        tool_calls: z.array(call).optional(),
      }),
      finish_reason: z.string().nullable(),
    }),
  ),
  usage: usage.optional(),
  perf_metrics: timings.optional(),
})
const failure = z.object({ error: z.object({ message: z.string(), code: z.string().nullable() }) })

export type Body = Record<string, unknown>
export const user = (content: unknown) => ({ role: "user", content })
export const bodyOf = (question: unknown, more: Body = {}): Body => ({
  model: "sparkler-demo",
  messages: [user(question)],
  ...more,
})

/** An image as a content part. */
export const picture = (bytes: Buffer, type = "png") => ({
  type: "image_url",
  image_url: { url: `data:image/${type};base64,${bytes.toString("base64")}` },
})

export function post(demo: DemoModel, body: unknown, init: RequestInit = {}): Promise<Response> {
  return demo(
    new Request("http://demo.test/inference/v1/chat/completions", {
      method: "POST",
      body: JSON.stringify(body),
      ...init,
    }),
  )
}

/** The answer without streaming. */
export async function complete(demo: DemoModel, body: Body) {
  const { choices, ...rest } = answer.parse(await (await post(demo, body)).json())
  const { content, reasoning_content: reasoning, tool_calls: calls = [] } = choices[0].message
  return {
    text: content ?? "",
    reasoning,
    calls: calls.map(({ function: { name, arguments: args } }) => ({ name, args })),
    finish: choices[0].finish_reason,
    ...rest,
  }
}

/** Status and message of a refusal. */
export async function refusalOf(demo: DemoModel, body: unknown, init?: RequestInit) {
  const response = await post(demo, body, init)
  const parsed = failure.safeParse(await response.json())
  return { status: response.status, message: parsed.data?.error.message ?? "", code: parsed.data?.error.code }
}

/** The data lines of an event stream, in order. */
export const dataOf = (stream: string): string[] =>
  stream.split("\n\n").flatMap((event) => (event.startsWith("data: ") ? [event.slice(6)] : []))

export const wireChunks = (stream: string) =>
  dataOf(stream)
    .filter((data) => data !== "[DONE]")
    .map((data) => chunk.parse(JSON.parse(data)))
export const contentOf = (stream: string): string =>
  wireChunks(stream)
    .map(({ choices }) => choices[0]?.delta.content ?? "")
    .join("")
