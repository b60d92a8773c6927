import type { ReactNode } from "react"
import { Wordmark } from "@/components/ui/wordmark"

interface Props {
  title: string
  children: ReactNode
  /** What to do next: a link or a button. */
  action?: ReactNode
}

/** Says in the middle of a page why there is nothing else on it. */
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
