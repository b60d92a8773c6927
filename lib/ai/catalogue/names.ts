/**
 * What a model's name suggests if its server says nothing. A guess: server fields and user settings take precedence.
 * Pure.
 */

const pattern = (...sources: string[]) => new RegExp(sources.join("|"), "i")

/** Produces embeddings, audio, images, or verdicts, and doesn't chat. */
const NO_CHAT = pattern(
  "embed",
  "rerank",
  "(?<![a-z])(?:bge|gte|e5|mxbai|minilm|colbert|sentence-t5|sbert)(?![a-z])",
  "all-minilm|paraphrase-|sentence-transformers",
  "whisper|transcri|parakeet|(?<![a-z])(?:asr|stt)(?![a-z])",
  "(?<![a-z])tts(?![a-z])|kokoro|orpheus|text-to-speech|xtts|(?<![a-z])bark(?![a-z])|chatterbox",
  "guard(?:ian)?(?![a-z])|moderation|shieldgemma|safety-classifier",
  "dall-e|stable-diffusion|sdxl|(?<![a-z])flux(?![a-z])|gpt-image|imagen-|(?<![a-z])sora(?![a-z])",
  "text-(?:davinci|curie|babbage|ada)|(?<![a-z])(?:davinci|babbage)-002",
  "clip-vit|siglip",
)

/** Accepts images. */
const SEES = pattern(
  "vision|multimodal|multi-modal|image-text",
  "(?<![a-z])vlm?(?![a-z])|internvl|smolvlm|cogvlm|cogagent|nvlm|xcomposer|ui-tars|r1v(?![a-z])|(?<![a-z])n?vila(?![a-z])",
  "llava|bakllava|pixtral|moondream|molmo|idefics|paligemma|florence-|fuyu|mllama|janus|(?<![a-z])qvq|(?<![a-z])ovis",
  "ocr(?![a-z])",
  "minicpm-?(?:llama3-)?[vo](?![a-z])",
  "glm-?\\d+(?:[.p]\\d+)?v(?![a-z])",
  "(?<!t5)gemma-?[34](?![a-z]*\\d*[-:_]?(?:1b|270m))(?!.*-text)",
  "medgemma(?!.*text)",
  "mistral-small-?(?:3\\.[1-9]|[4-9](?!\\d*b)|2503|2506|latest)",
  "mistral-medium-?(?:3|2505|2508|latest)|mistral-large-?(?:3(?!\\d)|2512)|ministral-?3(?!b)",
  "magistral-(?:small|medium)-(?:1\\.2|2509)",
  "llama-?4(?![\\d.])",
  "gpt-(?:4o(?!.*(?:audio|realtime|search))|4\\.[1-9]|4-turbo|[5-9])|(?<![a-z0-9])o(?:1|3|4-mini)(?!-mini|-preview|[a-z0-9])",
  "claude-(?![12](?!\\d)|v[12]|instant)",
  "gemini(?!-pro$|-1\\.0-pro$)",
  "(?<![a-z])omni(?![a-z])|blip-?\\d|xgen-mm|computer-use|apriel-1\\.[5-9]|reka-(?:core|edge)",
  "qwen[\\d.]*-?omni|qwen-?3[.p][5-9](?!.*coder)",
  "grok-?[4-9](?!.*code)",
  "kimi-(?:k2[.p][5-9]|k[3-9]|latest)",
  "step-?3(?![.\\d]|-5)|step-?1[vo]",
  "(?<![a-z])nova-(?:\\d-)?(?:lite|pro|premier|omni)",
  "(?<![a-z])seed-1[.-][6-9]",
)

/** False if the name indicates embeddings, reranking, speech, images, or moderation. */
export const isChatModelName = (id: string): boolean => !NO_CHAT.test(id)

/** Whether a model of this name is likely to accept images. */
export const isVisionModelName = (id: string): boolean => SEES.test(nameIn(id))

/** The last segment of a path, without the vendor: `google/gemma-2` says nothing about another Gemma. */
const nameIn = (id: string): string => {
  const path = id.split("#")[0] ?? id
  return path.split("/").at(-1) ?? path
}
