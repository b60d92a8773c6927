"use client"

import { ChevronLeft } from "lucide-react"
import Link from "next/link"
import { confirmBeforeNavigate, useGuardedNavigation } from "@/components/history/leave-confirmation"
import { SidebarToggle } from "@/components/shell/shell"

interface Props {
  title: string
  /** The parent page. */
  back?: { href: string; label: string }
}

/** The header of pages other than chats. */
export function PageHead({ title, back }: Props) {
  const go = useGuardedNavigation()
  return (
    <header className="flex h-14 shrink-0 items-center gap-1 px-2 sm:px-3">
      <SidebarToggle />
      {back && (
        <Link
          href={back.href}
          prefetch={false}
          onNavigate={confirmBeforeNavigate(go, back.href)}
          className="inline-flex h-8 shrink-0 items-center gap-1 rounded-md px-1.5 text-[0.8125rem] text-muted-foreground hover:bg-muted hover:text-foreground pointer-coarse:h-10"
        >
          <ChevronLeft className="size-4 rtl:-scale-x-100" aria-hidden />
          {back.label}
        </Link>
      )}
      <h1 className="min-w-0 truncate px-1.5 font-semibold text-[0.9375rem]">{title}</h1>
    </header>
  )
}
