import { ArrowLeft } from "lucide-react"
import Link from "next/link"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { AdminNav } from "@/components/admin/admin-nav"
import { Wordmark } from "@/components/ui/wordmark"

/** The layout of all admin pages. */
export function AdminFrame({ children }: { children: ReactNode }) {
  const t = useTranslations("admin")
  return (
    <div className="mx-auto w-full max-w-6xl px-4 pb-16">
      <a
        href="#admin"
        className="-translate-y-20 focus:translate-y-0 fixed top-2 start-2 z-50 rounded-md border bg-surface px-3 py-1.5 text-sm"
      >
        {t("skip")}
      </a>
      <header className="flex h-14 items-center gap-3">
        <Wordmark />
        <span className="min-w-0 flex-1 truncate border-s ps-3 text-muted-foreground text-sm">{t("title")}</span>
        {/* A full page load, since other models may be offered now. */}
        <Link
          href="/"
          prefetch={false}
          className="inline-flex h-9 items-center gap-2 rounded-md px-2.5 text-sm hover:bg-muted pointer-coarse:h-11"
        >
          <ArrowLeft className="size-4 text-muted-foreground rtl:-scale-x-100" aria-hidden />
          <span className="max-sm:sr-only">{t("back")}</span>
        </Link>
      </header>
      <div className="mt-2 flex gap-x-8 gap-y-5 max-md:flex-col md:mt-6">
        <AdminNav />
        <main id="admin" tabIndex={-1} className="min-w-0 flex-1 outline-hidden">
          {children}
        </main>
      </div>
    </div>
  )
}

interface HeadProps {
  title: string
  meaning?: string
  /** Shown at the end. */
  children?: ReactNode
}

/** The title of a page and its description. */
export function PageHead({ title, meaning, children }: HeadProps) {
  return (
    <div className="mb-5 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0 flex-1 basis-72">
        <title>{`${title} · Sparkler`}</title>
        <h1 className="wrap-anywhere text-balance font-semibold text-xl tracking-tight">{title}</h1>
        {meaning && <p className="mt-1 max-w-2xl text-pretty text-muted-foreground text-sm leading-6">{meaning}</p>}
      </div>
      {children}
    </div>
  )
}

/** A group of related rows. */
export function Group({ title, meaning, children }: { title: string; meaning?: string; children: ReactNode }) {
  return (
    <section className="mb-6 rounded-lg border bg-surface px-4 pt-3.5 pb-1">
      <h2 className="font-semibold text-[0.9375rem]">{title}</h2>
      {meaning && <p className="mt-0.5 text-pretty text-[0.8125rem] text-muted-foreground leading-5">{meaning}</p>}
      {children}
    </section>
  )
}
