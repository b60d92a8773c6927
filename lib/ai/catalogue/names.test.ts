import { expect, test } from "vitest"
import { isChatModelName, isVisionModelName } from "@/lib/ai/catalogue/names"

const SEEING = `
mistral-small-3.1-24b-instruct mistral-small3.2:24b mistralai/Mistral-Small-3.2-24B-Instruct-2506 mistral-small-2503
mistral-medium-3 mistral-large-2512 ministral-3:8b pixtral-12b magistral-small-2509
meta-llama/Llama-4-Scout-17B-16E-Instruct llama4:maverick llama-3.2-11b-vision-instruct llama3.2-vision:11b
gpt-4o gpt-4o-mini openai/gpt-4.1-nano gpt-5 gpt-5.2-codex gpt-4-turbo chatgpt-4o-latest o1 o3 o4-mini
glm-4v glm-4.5v zai-org/GLM-4.6V-Flash glm-4.1v-9b-thinking glm-4p5v
qwen2.5vl:7b Qwen/Qwen2.5-VL-72B-Instruct qwen3-vl:4b qwen-vl-max qwen2.5-omni-7b qwen3-omni-30b-a3b qvq-72b-preview qwen3.5:27b
gemma3:4b gemma-3-27b-it google/gemma-3-12b-it gemma3 gemma-4-31b-it medgemma-4b-it paligemma-3b
internvl3-8b OpenGVLab/InternVL2_5-4B molmo-7b-d phi-4-multimodal-instruct phi-3.5-vision-instruct
minicpm-v minicpm-v4.5:8b openbmb/MiniCPM-V-4 MiniCPM-o-2_6 MiniCPM-Llama3-V-2_5
claude-3-haiku anthropic/claude-3.5-sonnet claude-sonnet-4-5 claude-opus-4.1 gemini-2.5-flash google/gemini-3-pro
moondream moondream2 llava:7b llava-llama3 bakllava smolvlm2-2.2b SmolVLM-Instruct idefics3-8b
moonshotai/Kimi-VL-A3B-Thinking kimi-k2.5 kimi-k3 step3 stepfun-ai/step-3 ernie-4.5-vl-28b-a3b deepseek-vl2 deepseek-ai/Janus-Pro-7B
amazon.nova-lite-v1:0 amazon/nova-pro-v1 nova-premier granite-vision-3.3-2b granite3.2-vision cogvlm2-llama3-chat-19b
grok-4-fast aya-vision-8b deepseek-ocr nemotron-nano-12b-v2-vl mimo-v2-omni apriel-1.5-15b-thinker blip-2 reka-core
computer-use-preview xgen-mm
`

const BLIND = `
qwen3-coder qwen3-coder:30b qwen3:8b qwen2.5:7b-instruct qwq-32b mistral-7b-instruct-v0.3 mistral:latest mixtral-8x7b
mistral-small-24b-instruct-2501 mistral-small:22b mistral-large-2411 ministral-3b ministral-8b-2410 magistral-small-2506 codestral devstral
llama-3.1-70b-instruct llama3.1 llama3.3:70b llama-3.2-3b-instruct meta-llama/Llama-3.1-405B llama2:13b llama-3.1-supernova-lite
gpt-oss:20b gpt-oss-120b gpt-3.5-turbo gpt-4 gpt-4-0613 o1-mini o1-preview o3-mini
glm-4 glm-4.5 glm-4.5-air glm-4.6 glm-5.3 gemma:7b gemma2:9b gemma-2-27b-it gemma3:1b gemma-3-1b-it gemma3:270m gemma-3-270m codegemma
medgemma-27b-text-it phi-4 phi-4-mini phi4-reasoning phi3:mini minicpm3-4b minicpm4 internlm2.5-7b-chat smollm2 smollm3-3b
claude-2.1 claude-instant-1.2 gemini-pro deepseek-v3 deepseek-r1 deepseek-coder-v2 kimi-k2 kimi-k2-instruct step-3.5-flash
amazon.nova-micro-v1:0 granite3.3:8b command-r-plus olmo2 yi-34b-chat starcoder2 grok-3 grok-code-fast-1 ernie-4.5-21b-a3b nous-hermes2
gpt-4o-audio-preview gpt-4o-search-preview reka-flash-3 mimo-7b
`

const NO_CHAT = `
nomic-embed-text:latest bge-m3 BAAI/bge-large-en-v1.5 bge-reranker-v2-m3 text-embedding-3-small text-embedding-ada-002 mxbai-embed-large
all-minilm:l6-v2 snowflake-arctic-embed2 jina-embeddings-v3 qwen3-embedding-8b qwen3-reranker-8b e5-mistral-7b-instruct gte-large
embeddinggemma sentence-transformers/all-mpnet-base-v2 text-embedding-nomic-embed-text-v1.5@q4_k_m granite-embedding cohere-rerank-3.5
whisper whisper-large-v3-turbo whisper-1 tts-1 tts-1-hd gpt-4o-mini-tts gpt-4o-transcribe kokoro-82m
llama-guard3 meta-llama/Llama-Guard-4-12B shieldgemma:2b granite3-guardian omni-moderation-latest dall-e-3 flux-1-schnell stable-diffusion-3.5
`

const names = (list: string) => list.trim().split(/\s+/)

test.each(names(SEEING))("%s supports images", (id) => {
  expect(isVisionModelName(id)).toBe(true)
  expect(isChatModelName(id)).toBe(true)
})

test.each(names(BLIND))("%s is not assumed to support images", (id) => {
  expect(isVisionModelName(id)).toBe(false)
  expect(isChatModelName(id)).toBe(true)
})

test.each(names(NO_CHAT))("%s is not a chat model", (id) => {
  expect(isChatModelName(id)).toBe(false)
})
