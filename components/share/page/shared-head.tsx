import { SquarePen } from "lucide-react"
import Link from "next/link"
import { useTranslations } from "next-intl"
import { shortModel } from "@/components/base/message-content"
import { SharedPrint } from "@/components/share/page/shared-print"
import { Wordmark } from "@/components/ui/wordmark"
import type { ChatMessage } from "@/lib/messages/types"

/** The bar above a shared chat: the site's name, and a link to start a chat. Works without JavaScript. */
export function SharedBar() {
  const t = useTranslations("share")
  return (
    <header className="sticky top-0 z-20 border-b bg-background print:hidden">
      <div className="mx-auto flex h-14 max-w-3xl items-center gap-2 px-4 sm:px-6">
        <Link href="/" prefetch={false} aria-label={t("home")} className="rounded-md">
          <Wordmark />
        </Link>
        <span className="flex-1" />
        <SharedPrint />
        <StartLink />
      </div>
    </header>
  )
}

/** Link to an empty chat. */
export function StartLink() {
  const t = useTranslations("share")
  return (
    <Link
      href="/"
      prefetch={false}
      className="inline-flex h-9 shrink-0 items-center gap-2 rounded-md bg-primary px-3.5 font-medium text-primary-foreground text-sm transition-opacity hover:opacity-90 pointer-coarse:h-11"
    >
      <SquarePen className="size-4" aria-hidden /> {t("start")}
    </Link>
  )
}

interface TitleProps {
  title: string
  /** When the link was created: ISO 8601, and formatted. */
  createdAt: string
  date: string
  /** The author's name, if they choose to show it. */
  authorName: string | null
  messages: ChatMessage[]
  /** Names of the models known here. */
  names: Record<string, string>
  /** Level of its heading: a preview is below another one. */
  level?: "h1" | "h3"
}

/** The title of the shared chat, with its date and models, and a note that it is read-only. */
export function SharedTitle({
  title,
  createdAt,
  date,
  authorName,
  messages,
  names,
  level: Heading = "h1",
}: TitleProps) {
  const t = useTranslations("share")
  const answered = messages.flatMap(({ metadata }) => metadata?.model ?? [])
  const models = [...new Set(answered.map((id) => names[id] ?? shortModel(id)))]
  return (
    <div className="border-b pt-8 pb-5 max-sm:pt-6 print:pt-0">
      <Heading
        data-shared-title
        className="wrap-anywhere text-balance font-semibold text-2xl leading-tight tracking-tight max-sm:text-xl"
      >
        {title}
      </Heading>
      <p className="mt-2 flex flex-wrap items-center gap-x-2 gap-y-1 text-muted-foreground text-sm">
        <span>{t.rich("shared", { date, time: (text) => <time dateTime={createdAt}>{text}</time> })}</span>
        {authorName && (
          <span className="wrap-anywhere before:me-2 before:content-['·']">{t("by", { name: authorName })}</span>
        )}
        {models.map((name) => (
          <span key={name} className="before:me-2 before:content-['·']">
            {name}
          </span>
        ))}
        <span className="rounded-md border px-1.5 text-[0.78125rem] leading-5 print:hidden">{t("readOnly")}</span>
      </p>
    </div>
  )
}
