"use client"

import { PanelLeft, SquarePen } from "lucide-react"
import Link from "next/link"
import { useRouter } from "next/navigation"
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from "react"
import { ThemeMenu } from "@/components/settings/theme-menu"
import { ConversationList } from "@/components/sidebar/conversation-list"
import { ConversationsProvider } from "@/components/sidebar/store"
import { IconButton } from "@/components/ui/icon-button"
import { Wordmark } from "@/components/ui/wordmark"
import type { ConversationSummary } from "@/lib/chat/types"
import { cn } from "@/lib/cn"

const ToggleContext = createContext<{ open: boolean; toggle: () => void }>({ open: true, toggle: () => {} })

const PHONE = "(max-width: 767px)"

/** The house of the chat pages: conversations at the left (a drawer on phones), the page at the right. */
export function Shell({
  conversations,
  account,
  children,
}: {
  conversations: ConversationSummary[]
  account: string
  children: ReactNode
}) {
  const [open, setOpen] = useState(true)
  const [drawer, setDrawer] = useState(false)
  const router = useRouter()
  const toggle = useCallback(
    () => (window.matchMedia(PHONE).matches ? setDrawer((shown) => !shown) : setOpen((shown) => !shown)),
    [],
  )

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const command = event.metaKey || event.ctrlKey
      if (command && !event.shiftKey && event.key.toLowerCase() === "b") {
        event.preventDefault()
        toggle()
      } else if (command && event.shiftKey && event.key.toLowerCase() === "o") {
        event.preventDefault()
        router.push("/")
      } else if (event.key === "Escape") setDrawer(false)
    }
    window.addEventListener("keydown", onKey)
    return () => window.removeEventListener("keydown", onKey)
  }, [router, toggle])

  return (
    <ConversationsProvider initial={conversations}>
      <ToggleContext value={{ open, toggle }}>
        <a
          href="#message"
          className="-translate-y-20 focus:translate-y-0 fixed top-2 left-2 z-50 rounded-md border bg-surface px-3 py-1.5 text-sm"
        >
          Skip to the message
        </a>
        <div className="flex h-dvh overflow-hidden">
          {drawer && (
            <button
              type="button"
              aria-label="Close the conversations"
              className="fixed inset-0 z-30 bg-black/40 md:hidden"
              onClick={() => setDrawer(false)}
            />
          )}
          <nav
            aria-label="Conversations"
            className={cn(
              "z-40 flex w-[264px] shrink-0 flex-col border-r bg-sidebar max-md:fixed max-md:inset-y-0 max-md:left-0 max-md:w-[min(84vw,300px)] max-md:shadow-float",
              !drawer && "max-md:hidden",
              !open && "md:hidden",
            )}
          >
            <div className="flex h-14 shrink-0 items-center justify-between pr-2 pl-4">
              <Link href="/" onClick={() => setDrawer(false)} aria-label="Sparkler, new chat" className="rounded-md">
                <Wordmark />
              </Link>
              <IconButton label="Hide the conversations" onClick={toggle}>
                <PanelLeft className="size-[18px]" />
              </IconButton>
            </div>
            <div className="px-2 pb-3">
              <NewChat onOpen={() => setDrawer(false)} />
            </div>
            <div className="min-h-0 flex-1 overflow-y-auto px-2">
              <ConversationList onOpen={() => setDrawer(false)} />
            </div>
            <div className="flex h-12 shrink-0 items-center justify-between border-t pr-2 pl-4 text-muted-foreground text-sm">
              <span>{account}</span>
              <ThemeMenu />
            </div>
          </nav>
          <main className="relative flex min-w-0 flex-1 flex-col">{children}</main>
        </div>
      </ToggleContext>
    </ConversationsProvider>
  )
}

function NewChat({ onOpen }: { onOpen: () => void }) {
  const router = useRouter()
  const start = () => {
    onOpen()
    router.push("/")
  }
  return (
    <button
      type="button"
      onClick={start}
      title="Ctrl+Shift+O"
      className="flex h-9 w-full items-center gap-2.5 rounded-md border bg-surface px-2.5 font-medium text-[13.5px] transition-colors hover:border-input"
    >
      <SquarePen className="size-4 text-spark-text" /> New chat
    </button>
  )
}

/** Brings the conversations back when they are hidden, and always on phones. */
export function SidebarToggle() {
  const { open, toggle } = useContext(ToggleContext)
  return (
    <IconButton label="Show the conversations" onClick={toggle} className={cn(open && "md:hidden")}>
      <PanelLeft className="size-[18px]" />
    </IconButton>
  )
}
