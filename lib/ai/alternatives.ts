/** Collects the `logprobs` of a streamed answer, if requested. */
import type { MetadataExtractor } from "@ai-sdk/openai-compatible"
import { z } from "zod"
import type { Alternatives, LikelyWord } from "@/lib/messages/alternatives"

/** Words of an answer for which they are kept: about 200 kB with five alternatives each. */
const MAX_WORDS = 2_000
/** Alternatives per word: Fireworks sends at most five, another server may send more. */
const MAX_OTHERS = 5
/** Characters per word: tokens are short. */
const MAX_CHARS = 200

const likely = z.object({ token: z.string().max(MAX_CHARS), logprob: z.number() })

/** https://docs.fireworks.ai/api-reference/post-chatcompletions, `NewLogProbs`; same shape as OpenAI. */
const withLogprobs = z.object({
  choices: z.tuple([
    z.object({
      logprobs: z.object({
        content: z.array(likely.extend({ top_logprobs: z.array(likely).nullish() })),
      }),
    }),
  ]),
})

type Extractor = ReturnType<MetadataExtractor["createStreamExtractor"]>
type Metadata = ReturnType<Extractor["buildMetadata"]>

/** Wraps an extractor, adding the alternatives to its result as `fireworks.alternatives`. */
export function withAlternatives(extractor: MetadataExtractor): MetadataExtractor {
  return {
    ...extractor,
    createStreamExtractor: () => {
      const inner = extractor.createStreamExtractor()
      const found: Alternatives = { words: [], more: false }
      return {
        processChunk: (chunk) => {
          inner.processChunk(chunk)
          if (!found.more) add(found, chunk)
        },
        buildMetadata: () => joined(inner.buildMetadata(), found),
      }
    },
  }
}

function add(found: Alternatives, chunk: unknown): void {
  const { data } = withLogprobs.safeParse(chunk)
  if (!data) return
  const room = MAX_WORDS - found.words.length
  const { content } = data.choices[0].logprobs
  found.words.push(...content.slice(0, room).map(toWord))
  found.more = content.length > room
}

const toWord = ({ token, logprob, top_logprobs }: z.infer<typeof likely> & { top_logprobs?: Likely[] | null }) => {
  const others = (top_logprobs ?? [])
    .slice(0, MAX_OTHERS)
    .map((other): [string, number] => [other.token, toChance(other.logprob)])
  return { text: token, chance: toChance(logprob), others } satisfies LikelyWord
}
type Likely = z.infer<typeof likely>

/** From 0 to 1, rounded to four digits, which is all anyone reads. */
const toChance = (logprob: number): number => Math.round(Math.exp(Math.min(logprob, 0)) * 10_000) / 10_000

const joined = (metadata: Metadata, alternatives: Alternatives): Metadata =>
  alternatives.words.length === 0 ? metadata : { ...metadata, fireworks: { ...metadata?.fireworks, alternatives } }
