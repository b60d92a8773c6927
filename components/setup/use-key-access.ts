"use client"

import { useState } from "react"
import { useModelNews } from "@/components/conversations/store"
import { readAccess } from "@/components/setup/api"
import type { KeyAccess } from "@/lib/setup/types"

/** Who may change the key, as sent with the page and updated since. */
export function useKeyAccess(initial: KeyAccess) {
  const [access, setAccess] = useState(initial)
  const [read] = useState(() => () => void readAccess().then(setAccess, () => undefined))
  useModelNews(read)
  return [access, setAccess] as const
}
