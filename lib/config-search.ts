/** Services that tools use to look things up. */
import { z } from "zod"
import { text, url } from "@/lib/config-values"

const LANGUAGE = "{language}"

const wikipedia = text.pipe(
  z
    .string()
    .refine((value) => URL.canParse(value.replace(LANGUAGE, "en")) && /^https?:/.test(value), {
      error: `allowed: an http or https address, e.g. https://${LANGUAGE}.wikipedia.org`,
    })
    .optional(),
)

export const searchValues = {
  SEARXNG_URL: url("a SearXNG server"),
  BRAVE_API_KEY: text,
  BRAVE_URL: url("Brave's search API"),
  TAVILY_API_KEY: text,
  TAVILY_URL: url("Tavily's API"),
  EXA_API_KEY: text,
  EXA_URL: url("Exa's API"),
  WIKIPEDIA_URL: wikipedia,
}

/** URLs have no trailing slash. */
export interface SearchConfig {
  searxngUrl: string | undefined
  braveKey: string | undefined
  braveUrl: string
  tavilyKey: string | undefined
  tavilyUrl: string
  exaKey: string | undefined
  exaUrl: string
}

type Values = { [Name in keyof typeof searchValues]?: string | undefined }

const strip = (address: string) => address.replace(/\/+$/, "")

export const searchConfig = (e: Values): SearchConfig => ({
  searxngUrl: e.SEARXNG_URL && strip(e.SEARXNG_URL),
  braveKey: e.BRAVE_API_KEY,
  braveUrl: strip(e.BRAVE_URL ?? "https://api.search.brave.com"),
  tavilyKey: e.TAVILY_API_KEY,
  tavilyUrl: strip(e.TAVILY_URL ?? "https://api.tavily.com"),
  exaKey: e.EXA_API_KEY,
  exaUrl: strip(e.EXA_URL ?? "https://api.exa.ai"),
})

/** Contains `{language}`, unless it is the URL of one Wikipedia. */
export const wikipediaUrl = (e: Values): string => strip(e.WIKIPEDIA_URL ?? `https://${LANGUAGE}.wikipedia.org`)

export const searchSecrets = ({ braveKey, tavilyKey, exaKey }: SearchConfig) => [braveKey, tavilyKey, exaKey]
