import type { LucideIcon } from "lucide-react"
import type { ReactNode } from "react"
import { SidebarToggle } from "@/components/shell/shell"

interface Props {
  title: string
  meaning: string
  /** The button that creates a new entry. */
  action: ReactNode
  children: ReactNode
}

/** A page listing all of the user's entries of one kind. */
export function ListPage({ title, meaning, action, children }: Props) {
  return (
    <>
      <header className="flex h-14 shrink-0 items-center gap-1 px-2 sm:px-3">
        <SidebarToggle />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto w-full max-w-3xl px-4 pb-16">
          <div className="mb-5 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
            <div className="min-w-0 flex-1 basis-72">
              <h1 className="font-semibold text-xl tracking-tight">{title}</h1>
              <p className="mt-1 text-pretty text-muted-foreground text-sm leading-6">{meaning}</p>
            </div>
            {action}
          </div>
          {children}
        </div>
      </div>
    </>
  )
}

/** Shown instead of an empty list. */
export function EmptyList({ icon: Icon, title, hint }: { icon: LucideIcon; title: string; hint: string }) {
  return (
    <div className="rounded-lg border border-dashed px-6 py-12 text-center">
      <Icon className="mx-auto mb-3 size-7 text-muted-foreground" aria-hidden />
      <p className="font-medium">{title}</p>
      <p className="mx-auto mt-1 max-w-md text-pretty text-muted-foreground text-sm leading-6">{hint}</p>
    </div>
  )
}
