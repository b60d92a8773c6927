"use client"

import { Boxes, ChartNoAxesColumn, DoorOpen, Gauge, Link2, type LucideIcon, ScrollText, Users } from "lucide-react"
import Link from "next/link"
import { usePathname } from "next/navigation"
import { useTranslations } from "next-intl"
import { useEffect, useRef } from "react"
import { type AdminSection, pathOf, SECTIONS } from "@/components/admin/sections"
import { cn } from "@/lib/cn"

const ICONS: Record<AdminSection, LucideIcon> = {
  people: Users,
  access: DoorOpen,
  models: Boxes,
  quotas: Gauge,
  usage: ChartNoAxesColumn,
  shares: Link2,
  audit: ScrollText,
}

/** The sections: a column at the start; on a phone a scrolling row. */
export function AdminNav() {
  const t = useTranslations("admin")
  const path = usePathname()
  const current = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    if (path) current.current?.scrollIntoView({ block: "nearest", inline: "center" })
  }, [path])
  return (
    <nav
      aria-label={t("sections")}
      className="shrink-0 max-md:-mx-4 max-md:overflow-x-auto max-md:border-b max-md:px-4 max-md:pb-2 md:sticky md:top-6 md:w-52 md:self-start"
    >
      <ul className="flex gap-1 md:flex-col">
        {SECTIONS.map((section) => {
          const Icon = ICONS[section]
          const here = path === pathOf(section) || path.startsWith(`${pathOf(section)}/`)
          return (
            <li key={section} className="shrink-0">
              <Link
                ref={here ? current : undefined}
                href={pathOf(section)}
                prefetch={false}
                aria-current={here ? "page" : undefined}
                className={cn(
                  "flex h-9 items-center gap-2.5 whitespace-nowrap rounded-md px-2.5 text-sm transition-colors hover:bg-muted pointer-coarse:h-11",
                  here && "bg-muted font-medium",
                )}
              >
                <Icon className="size-4 shrink-0 text-muted-foreground" aria-hidden />
                {t(`${section}.title`)}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
