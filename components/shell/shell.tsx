"use client"

import { ListChecks, PanelLeft, SquarePen, Table2 } from "lucide-react"
import Link from "next/link"
import { useTranslations } from "next-intl"
import { type ReactNode, useEffect } from "react"
import { KEYS } from "@/components/base/keys"
import { ConversationsProvider } from "@/components/conversations/store"
import { confirmBeforeNavigate, useGuardedNavigation } from "@/components/history/leave-confirmation"
import { SearchButton } from "@/components/search/search-button"
import { SettingsHost } from "@/components/settings/settings-host"
import { ShortcutsHost } from "@/components/settings/shortcuts/shortcuts-host"
import { type Visitor, YouMenu } from "@/components/settings/you-menu"
import { ReceivedShares } from "@/components/shell/received-shares"
import { trapTab } from "@/components/shell/tab-trap"
import { useDrawerSwipe } from "@/components/shell/use-drawer-swipe"
import { useVisibleHeight } from "@/components/shell/use-visible-height"
import { ConversationList } from "@/components/sidebar/conversation-list"
import type { Clock } from "@/components/sidebar/groups"
import { type Sidebar, SidebarContext, useSidebar, useSidebarState } from "@/components/sidebar/use-sidebar"
import { IconButton } from "@/components/ui/icon-button"
import { Wordmark } from "@/components/ui/wordmark"
import type { FirstList } from "@/lib/chat/list/sections"
import { cn } from "@/lib/cn"

interface Props {
  list: FirstList
  /** Ids of the open folders. */
  openFolders: string[]
  account: Visitor
  /** The server's clock. */
  clock: Clock
  initiallyOpen: boolean
  children: ReactNode
}

/** The layout of the chat pages: conversations on the left (a drawer on phones), the page on the right. */
export function Shell({ list, openFolders, account, clock, initiallyOpen, children }: Props) {
  const t = useTranslations("sidebar")
  const sidebar = useSidebarState(initiallyOpen)
  const { open, drawer, closeDrawer, dismissDrawer } = sidebar
  useShortcuts(sidebar)
  useDrawerSwipe(sidebar)
  useVisibleHeight()
  return (
    <ConversationsProvider initial={list}>
      <SidebarContext value={sidebar}>
        <a
          href="#main"
          inert={drawer}
          className="-translate-y-20 focus:translate-y-0 fixed top-2 start-2 z-50 rounded-md border bg-surface px-3 py-1.5 text-sm"
        >
          {t("skip")}
        </a>
        <div
          // The position of notices depends on it (app/globals.css).
          data-sidebar={drawer ? "drawer" : open ? "open" : undefined}
          className="flex h-[calc(var(--visible-height,100dvh)-env(safe-area-inset-top))] overflow-hidden print:block print:h-auto print:overflow-visible"
        >
          {drawer && (
            <button
              type="button"
              tabIndex={-1}
              aria-label={t("closeDrawer")}
              className="fixed inset-0 z-30 bg-black/40 md:hidden"
              onClick={dismissDrawer}
            />
          )}
          <DrawerFrame
            modal={drawer}
            className={cn(
              "z-40 flex print:hidden! w-(--sidebar-width) shrink-0 flex-col border-e bg-sidebar max-md:fixed max-md:inset-y-0 max-md:pt-[env(safe-area-inset-top)] max-md:pb-[env(safe-area-inset-bottom)] max-md:start-0 max-md:w-(--drawer-width) max-md:shadow-float",
              !drawer && "max-md:hidden",
              !open && "md:hidden",
            )}
          >
            <SidebarHead />
            <ConversationList clock={clock} openFolders={openFolders} onOpen={closeDrawer} />
            <SidebarFoot account={account} />
          </DrawerFrame>
          <main
            id="main"
            tabIndex={-1}
            inert={drawer}
            className="outline-hidden relative flex min-w-0 flex-1 flex-col print:block"
          >
            {children}
          </main>
        </div>
        <SettingsHost />
        <ShortcutsHost />
      </SidebarContext>
    </ConversationsProvider>
  )
}

interface FrameProps {
  /** It covers the page, which can't be reached behind it. */
  modal: boolean
  className: string
  children: ReactNode
}

/**
 * Wraps the conversations; a dialog on phones while they are shown. Always the same element, so that the list keeps its
 * state.
 */
function DrawerFrame({ modal, className, children }: FrameProps) {
  const t = useTranslations("sidebar")
  const name = t("conversations")
  return (
    <div
      {...(modal && { role: "dialog", "aria-modal": true, "aria-label": name, onKeyDown: trapTab })}
      className={className}
    >
      <nav aria-label={name} className="flex min-h-0 flex-1 flex-col">
        {children}
      </nav>
    </div>
  )
}

function useShortcuts({ drawer, toggle, closeDrawer, dismissDrawer }: Sidebar): void {
  const go = useGuardedNavigation()
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const command = event.metaKey || event.ctrlKey
      const key = event.key.toLowerCase()
      if (command && !event.shiftKey && !event.altKey && key === "b") {
        event.preventDefault()
        toggle()
      } else if (command && event.shiftKey && key === "o") {
        event.preventDefault()
        closeDrawer()
        go("/")
      } else if (key === "escape" && drawer && !event.defaultPrevented) dismissDrawer()
    }
    window.addEventListener("keydown", onKey)
    return () => window.removeEventListener("keydown", onKey)
  }, [go, drawer, toggle, closeDrawer, dismissDrawer])
}

function SidebarHead() {
  const t = useTranslations("sidebar")
  const go = useGuardedNavigation()
  const { toggle, closeDrawer, hideButton } = useSidebar()
  const startNew = () => {
    closeDrawer()
    go("/")
  }
  return (
    <>
      <div className="flex h-14 shrink-0 items-center justify-between pe-2 ps-4">
        <Link
          href="/"
          prefetch={false}
          onClick={closeDrawer}
          onNavigate={confirmBeforeNavigate(go, "/")}
          aria-label={t("home")}
          className="rounded-md"
        >
          <Wordmark />
        </Link>
        <IconButton ref={hideButton} label={t("hide")} aria-keyshortcuts={KEYS.sidebar} onClick={toggle}>
          <PanelLeft className="size-4.5 rtl:-scale-x-100" />
        </IconButton>
      </div>
      <div className="px-2 pb-3">
        <button
          type="button"
          onClick={startNew}
          aria-keyshortcuts={KEYS.newChat}
          data-tip={t("newChat")}
          className="flex h-9 w-full items-center gap-2.5 rounded-md border bg-surface px-2.5 font-medium text-[0.84375rem] transition-colors hover:border-input"
        >
          <SquarePen className="size-4 text-spark-text" aria-hidden /> {t("newChat")}
        </button>
        <SearchButton onNavigate={closeDrawer} />
        <Link
          href="/grids"
          prefetch={false}
          onClick={closeDrawer}
          onNavigate={confirmBeforeNavigate(go, "/grids")}
          className="flex h-9 w-full items-center gap-2.5 rounded-md px-2.5 text-[0.84375rem] text-muted-foreground transition-colors hover:bg-muted hover:text-foreground pointer-coarse:h-10"
        >
          <Table2 className="size-4" aria-hidden /> {t("grids")}
        </Link>
        <Link
          href="/evals"
          prefetch={false}
          onClick={closeDrawer}
          onNavigate={confirmBeforeNavigate(go, "/evals")}
          className="flex h-9 w-full items-center gap-2.5 rounded-md px-2.5 text-[0.84375rem] text-muted-foreground transition-colors hover:bg-muted hover:text-foreground pointer-coarse:h-10"
        >
          <ListChecks className="size-4" aria-hidden /> {t("evals")}
        </Link>
      </div>
    </>
  )
}

/** Shows the conversations when they are hidden; always present on phones. */
export function SidebarToggle() {
  const t = useTranslations("sidebar")
  const { open, toggle, showButton } = useSidebar()
  return (
    <IconButton
      ref={showButton}
      label={t("show")}
      aria-keyshortcuts={KEYS.sidebar}
      onClick={toggle}
      className={cn(open && "md:hidden")}
    >
      <PanelLeft className="size-4.5 rtl:-scale-x-100" />
    </IconButton>
  )
}

/**
 * Starts a new chat when the list, which has its own button, is hidden; on a phone only in a chat that has messages.
 */
export function NewChatButton({ empty }: { empty: boolean }) {
  const t = useTranslations("sidebar")
  const go = useGuardedNavigation()
  const { open } = useSidebar()
  return (
    <IconButton
      label={t("newChat")}
      aria-keyshortcuts={KEYS.newChat}
      onClick={() => go("/")}
      className={cn(open && "md:hidden", empty && "max-md:hidden")}
    >
      <SquarePen className="size-4.5" />
    </IconButton>
  )
}

/** Below the list: received shares and the user's menu. */
function SidebarFoot({ account }: Pick<Props, "account">) {
  return (
    <>
      <ReceivedShares />
      <div className="shrink-0 border-t p-1.5">
        <YouMenu account={account} />
      </div>
    </>
  )
}
