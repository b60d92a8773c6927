"use client"

import { ChevronsUpDown, UserRound } from "lucide-react"
import { useTranslations } from "next-intl"
import { Button } from "@/components/ui/button"
import { lazyOverlay } from "@/components/ui/lazy-part"
import { OnDemand } from "@/components/ui/on-demand"

/** The current visitor, as shown on the page. */
export interface Visitor {
  name: string
  /** Null: a guest, or an account without one. */
  email: string | null
  guest: boolean
  /** Guests can create an account: the option is hidden where that is impossible. */
  canSignUp: boolean
  /** Is an administrator of this installation. */
  admin: boolean
}

const YouOptions = lazyOverlay(() => import("@/components/settings/you-options"))

/** The visitor's name at the bottom of the sidebar, with their menu. */
export function YouMenu({ account }: { account: Visitor }) {
  const { name } = account
  const t = useTranslations("you")
  const trigger = (
    <Button
      variant="ghost"
      aria-label={t("menu", { name })}
      className="h-11 w-full justify-start gap-2.5 px-2 font-normal text-foreground text-sm pointer-coarse:h-12 data-[state=open]:bg-muted"
    >
      <span className="grid size-7 shrink-0 place-items-center rounded-full border bg-surface">
        <UserRound className="size-4 text-muted-foreground" aria-hidden />
      </span>
      <span className="min-w-0 flex-1 truncate text-start">{name}</span>
      <ChevronsUpDown className="size-3.5 text-muted-foreground" aria-hidden />
    </Button>
  )
  return (
    <OnDemand trigger={trigger}>
      <YouOptions trigger={trigger} account={account} />
    </OnDemand>
  )
}
