"use client"

import { useCallback, useRef } from "react"

/** Minimum milliseconds between reloads. */
const REST_MS = 400

/**
 * Reloads after changes: one request at a time, and another if something changed in the meantime. `read` receives what
 * changed since the last one (null: everything), and must be stable.
 */
export function useRefresh(read: (rows: number[] | null) => Promise<void>): (rows: number[] | null) => void {
  const state = useRef({ busy: false, all: false, rows: new Set<number>() })
  return useCallback(
    (rows) => {
      const now = state.current
      if (rows === null) now.all = true
      else for (const row of rows) now.rows.add(row)
      if (now.busy) return
      now.busy = true
      const work = async () => {
        while (now.all || now.rows.size > 0) {
          const wanted = now.all ? null : [...now.rows]
          now.all = false
          now.rows = new Set()
          await read(wanted)
          await new Promise((resolve) => setTimeout(resolve, REST_MS))
        }
        now.busy = false
      }
      void work()
    },
    [read],
  )
}
