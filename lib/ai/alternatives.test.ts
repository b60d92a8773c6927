import { expect, test } from "vitest"
import { withAlternatives } from "@/lib/ai/alternatives"
import { performanceExtractor } from "@/lib/ai/perf-metrics"

const chunk = (token: string, likely: [string, number][] | null = []) => ({
  choices: [
    {
      delta: {},
      logprobs: {
        content: [
          {
            token,
            logprob: Math.log(0.5),
            top_logprobs: likely?.map(([other, p]) => ({ token: other, logprob: Math.log(p) })),
          },
        ],
      },
    },
  ],
})

function read(...chunks: unknown[]) {
  const extractor = withAlternatives(performanceExtractor).createStreamExtractor()
  for (const one of chunks) extractor.processChunk(one)
  return extractor.buildMetadata()
}

test("each token of the text comes with its probability and its alternatives", () => {
  expect(
    read(
      chunk("Hel", [
        ["Hel", 0.5],
        ["Hi", 0.25],
      ]),
      chunk("lo", null),
      { perf_metrics: { a: 1 } },
    ),
  ).toEqual({
    fireworks: {
      perfMetrics: { a: 1 },
      alternatives: {
        words: [
          {
            text: "Hel",
            chance: 0.5,
            others: [
              ["Hel", 0.5],
              ["Hi", 0.25],
            ],
          },
          { text: "lo", chance: 0.5, others: [] },
        ],
        more: false,
      },
    },
  })
})

test("chunks without logprobs, or with malformed ones, are skipped", () => {
  const odd = [
    { choices: [] },
    { choices: [{ delta: { content: "x" }, logprobs: null }] },
    { choices: [{ delta: { content: "x" }, logprobs: { content: [{ token: 1 }] } }] },
    chunk("y".repeat(201)),
    null,
  ]
  expect(read(...odd)).toBeUndefined()
})

test("the first two thousand tokens of a long answer are kept, with five alternatives each", () => {
  const many = Array.from({ length: 2_100 }, () =>
    chunk(
      "w",
      Array.from({ length: 20 }, (_, n) => [`o${n}`, 0.01]),
    ),
  )
  const { words, more } = Object(read(...many)?.fireworks?.alternatives)
  expect([words.length, words[0].others.length, more]).toEqual([2_000, 5, true])
})
