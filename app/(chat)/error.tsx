"use client"

import { SidebarToggle } from "@/components/shell/shell"
import { ErrorNotice } from "@/components/ui/error-notice"

/** The chat list stays visible. */
export default function ChatErrorPage({ error, retry }: { error: { digest?: string }; retry: () => void }) {
  return (
    <>
      <div className="flex h-14 shrink-0 items-center px-2 sm:px-3">
        <SidebarToggle />
      </div>
      <ErrorNotice id={error.digest} retry={retry} />
    </>
  )
}
