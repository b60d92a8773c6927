import { useTranslations } from "next-intl"
import type { ReactNode } from "react"

interface Props {
  icon: ReactNode
  title: ReactNode
  /** Shown smaller beside the title. */
  note?: ReactNode
  children: ReactNode
}

/** The frame around tool results. */
export function CardFrame({ icon, title, note, children }: Props) {
  return (
    <section className="overflow-hidden rounded-lg border bg-surface text-[0.875rem]">
      <div className="flex min-h-11 items-center gap-2.5 px-3.5 py-2 [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-muted-foreground">
        {icon}
        <h3 className="min-w-0 flex-1 truncate font-medium">{title}</h3>
        {note && <p className="shrink-0 text-[0.8125rem] text-muted-foreground">{note}</p>}
      </div>
      <div className="border-t">{children}</div>
    </section>
  )
}

/** An external link: opens in a new tab, without a referrer. */
export function OutsideLink({ url, children, className }: { url: string; children: ReactNode; className?: string }) {
  return (
    <a href={url} target="_blank" rel="noopener noreferrer nofollow" className={className} data-tip={url}>
      {children}
    </a>
  )
}

/** The number the answer cites it by. */
export function SourceNumber({ number }: { number: number }) {
  const t = useTranslations("tools")
  return (
    <span className="inline-flex h-5 min-w-5 shrink-0 items-center justify-center rounded-full bg-muted px-1 font-medium text-muted-foreground text-xs tabular-nums">
      <span className="sr-only">{t("source")} </span>
      {number}
    </span>
  )
}

/** The display host of a URL: `example.com`. */
export const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host.replace(/^www\./, "") : url)
