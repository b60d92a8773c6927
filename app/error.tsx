"use client"

import { Button } from "@/components/ui/button"
import { Wordmark } from "@/components/ui/wordmark"

export default function ErrorPage({ reset }: { error: Error; reset: () => void }) {
  return (
    <main className="grid min-h-dvh place-items-center p-6 text-center">
      <div className="max-w-sm">
        <Wordmark className="mb-6" />
        <h1 className="font-semibold text-xl tracking-tight">This page could not be shown</h1>
        <p className="mt-2 text-muted-foreground">
          Your conversations are safe. Try again; if it stays, look at the server's log.
        </p>
        <Button variant="primary" className="mt-5" onClick={reset}>
          Try again
        </Button>
      </div>
    </main>
  )
}
