"use client"

import { useState } from "react"
import { sentenceOf } from "@/components/base/api"

export interface Attempts {
  busy: boolean
  said: string | null
  problem: string | null
  /** Runs the action and reports its outcome. Resolves to true on success. */
  attempt: (work: () => Promise<unknown>, done?: string | null) => Promise<boolean>
}

/** The outcome of the last action in a settings row. */
export function useAttempts(): Attempts {
  const [state, setState] = useState<Omit<Attempts, "attempt">>({ busy: false, said: null, problem: null })
  const attempt = async (work: () => Promise<unknown>, done: string | null = null) => {
    setState({ busy: true, said: null, problem: null })
    try {
      await work()
      setState({ busy: false, said: done, problem: null })
      return true
    } catch (error) {
      setState({ busy: false, said: null, problem: sentenceOf(error) })
      return false
    }
  }
  return { ...state, attempt }
}

/** The outcome as text below a row's description. */
export function Said({ said, problem }: Pick<Attempts, "said" | "problem">) {
  return (
    <>
      <span role="status" className="block text-foreground">
        {said}
      </span>
      {problem && (
        <span role="alert" className="block text-danger">
          {problem}
        </span>
      )}
    </>
  )
}
