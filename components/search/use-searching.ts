"use client"

import { useTranslations } from "next-intl"
import { useEffect, useState } from "react"
import { api, sentenceOf } from "@/components/base/api"
import { useStore } from "@/components/base/store"
import { Searching } from "@/components/search/searching"
import type { SearchAnswer } from "@/lib/search/types"

const PAGE = 20

const isAnswer = (value: unknown): value is SearchAnswer =>
  typeof value === "object" && value !== null && "hits" in value && Array.isArray(value.hits)

async function ask(text: string, cursor: string | null, signal: AbortSignal): Promise<SearchAnswer> {
  const query = new URLSearchParams({ q: text.slice(0, 1_000), limit: String(PAGE), ...(cursor ? { cursor } : {}) })
  const answer = await api(`/api/search?${query}`, { signal })
  if (!isAnswer(answer)) throw new Error("invalid search response")
  return answer
}

/** A search field's queries and results, for one component. */
export function useSearchController() {
  const t = useTranslations("search")
  const [searching] = useState(() => new Searching(ask, (error) => sentenceOf(error, t("failed"))))
  useEffect(() => () => searching.end(), [searching])
  return { searching, state: useStore(searching) }
}
