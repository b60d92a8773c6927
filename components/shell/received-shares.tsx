"use client"

import { ChevronRight, Users } from "lucide-react"
import { useTranslations } from "next-intl"
import { useId, useState } from "react"
import { useOutline } from "@/components/conversations/store"
import { cn } from "@/lib/cn"

/** Below the list: chats shared with the user by others on this installation. */
export function ReceivedShares() {
  const t = useTranslations("share.received")
  const { received = [] } = useOutline()
  const [open, setOpen] = useState(false)
  const id = useId()
  if (received.length === 0) return null
  return (
    <div className="shrink-0 px-2 pt-1">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="flex h-9 w-full items-center gap-2 rounded-md px-2.5 text-[0.84375rem] text-muted-foreground hover:bg-muted/60 pointer-coarse:h-10"
      >
        <Users className="size-4 shrink-0" aria-hidden />
        <span className="truncate">{t("title")}</span>
        <span className="ms-auto text-xs tabular-nums">{received.length}</span>
        <ChevronRight
          className={cn("size-4 shrink-0 transition-transform", open ? "rotate-90" : "rtl:rotate-180")}
          aria-hidden
        />
      </button>
      <ul id={id} hidden={!open} className="max-h-48 overflow-y-auto pb-1">
        {received.map((share) => (
          <li key={share.id}>
            {/* A full page load, since the page is outside of the chats. */}
            <a
              href={share.path}
              className="flex min-h-9 flex-col justify-center rounded-md px-2.5 py-1 text-[0.84375rem] hover:bg-muted/60 pointer-coarse:min-h-10"
            >
              <span className="truncate">{share.title}</span>
              <span className="truncate text-muted-foreground text-xs">{t("by", { name: share.by })}</span>
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}
