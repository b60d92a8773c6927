"use client"

import { ErrorNotice } from "@/components/ui/error-notice"

export default function ErrorPage({ retry }: { retry: () => void }) {
  return (
    <main className="grid min-h-dvh">
      <ErrorNotice retry={retry} />
    </main>
  )
}
