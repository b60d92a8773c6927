import type { ReactNode } from "react"
import { Wordmark } from "@/components/ui/wordmark"

interface Props {
  title: string
  children: ReactNode
  /** The next step: a link or a button. */
  action?: ReactNode
}

/** Explains in the middle of a page why it has no other content. */
export function NoticePage({ title, children, action }: Props) {
  return (
    <div className="m-auto max-w-sm p-6 text-center">
      <Wordmark className="mb-6" />
      <h1 className="text-balance font-semibold text-xl tracking-tight">{title}</h1>
      <p className="mt-2 text-pretty text-muted-foreground">{children}</p>
      {action && <div className="mt-5">{action}</div>}
    </div>
  )
}
