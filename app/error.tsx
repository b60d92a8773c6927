"use client"

import { ErrorNotice } from "@/components/ui/error-notice"

export default function ErrorPage({ error, retry }: { error: { digest?: string }; retry: () => void }) {
  return (
    <main className="grid min-h-dvh">
      <ErrorNotice id={error.digest} retry={retry} />
    </main>
  )
}
