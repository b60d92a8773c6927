"use client"

import { useCallback, useEffect, useState } from "react"
import { sentenceOf } from "@/components/base/api"

type State<T> = { value: T; error: null } | { value: null; error: string | null }

/** Loads data when mounted, and again on `retry`. `read` must be stable. */
export function useFetchOnMount<T>(read: () => Promise<T>): State<T> & { retry: () => void } {
  const [state, setState] = useState<State<T>>({ value: null, error: null })
  const [tries, setTries] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each retry reads again
  useEffect(() => {
    let left = false
    setState({ value: null, error: null })
    read().then(
      (value) => !left && setState({ value, error: null }),
      (error: unknown) => !left && setState({ value: null, error: sentenceOf(error) }),
    )
    return () => {
      left = true
    }
  }, [read, tries])
  const retry = useCallback(() => setTries((before) => before + 1), [])
  return { ...state, retry }
}
