"use client"

import { Button } from "@/components/ui/button"
import { NoticePage } from "@/components/ui/notice-page"

/** Stands in place of a page that failed. `retry` reads it from the server again. */
export function ErrorNotice({ retry }: { retry: () => void }) {
  return (
    <NoticePage
      title="This page could not be shown"
      action={
        <Button variant="primary" onClick={() => retry()}>
          Try again
        </Button>
      }
    >
      Your conversations are safe. Try again; if it stays, look at the server's log.
    </NoticePage>
  )
}
