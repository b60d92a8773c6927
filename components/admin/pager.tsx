import { ChevronLeft, ChevronRight } from "lucide-react"
import Link from "next/link"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"

interface Props {
  page: number
  /** The total number of items, and items per page. */
  total: number
  size: number
  /** The URL of a page. */
  path: string
  query: Record<string, string>
}

/** Links to the previous and next page. */
export function Pager({ page, total, size, path, query }: Props) {
  const t = useTranslations("admin.pages")
  const pages = Math.max(1, Math.ceil(total / size))
  if (pages === 1 && page === 1) return null
  const hrefOf = (to: number) => {
    const filled = Object.entries(query).filter(([, value]) => value !== "")
    return `${path}?${new URLSearchParams([...filled, ["page", String(to)]])}`
  }
  return (
    <nav aria-label={t("label")} className="mt-4 flex items-center justify-between gap-3 text-sm">
      <Step href={page > 1 ? hrefOf(Math.min(page - 1, pages)) : null}>
        <ChevronLeft className="size-4 rtl:-scale-x-100" aria-hidden /> {t("previous")}
      </Step>
      <span className="text-muted-foreground">{t("at", { page, pages })}</span>
      <Step href={page < pages ? hrefOf(page + 1) : null}>
        {t("next")} <ChevronRight className="size-4 rtl:-scale-x-100" aria-hidden />
      </Step>
    </nav>
  )
}

/** Null: there is none in this direction. */
function Step({ href, children }: { href: string | null; children: ReactNode }) {
  const look = "inline-flex h-9 items-center gap-1.5 rounded-md border px-3 pointer-coarse:h-11"
  if (!href) return <span className="invisible inline-flex h-9 px-3">{children}</span>
  return (
    <Link href={href} prefetch={false} className={`${look} bg-surface hover:bg-muted`}>
      {children}
    </Link>
  )
}
