import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { Wordmark } from "@/components/ui/wordmark"

interface Props {
  title: string
  meaning?: string
  children: ReactNode
  /** Below the card: alternatives. */
  footer?: ReactNode
}

/** An account page: a centered card. */
export function AccountFrame({ title, meaning, children, footer }: Props) {
  const t = useTranslations("app")
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-[26rem] flex-col justify-center gap-5 px-4 py-10 pt-[max(2.5rem,env(safe-area-inset-top))]">
      <a href="/" className="self-center rounded-md" aria-label="Sparkler">
        <Wordmark />
      </a>
      <section aria-labelledby="account-title" className="rounded-xl border bg-surface p-5 shadow-float sm:p-7">
        <h1
          id="account-title"
          tabIndex={-1}
          className="text-balance font-semibold text-xl tracking-tight outline-hidden"
        >
          {title}
        </h1>
        {meaning && <p className="mt-1.5 text-pretty text-[0.90625rem] text-muted-foreground leading-6">{meaning}</p>}
        <noscript>
          <p className="mt-3 text-sm">{t("noScript")}</p>
        </noscript>
        <div className="mt-5 flex flex-col gap-4">{children}</div>
      </section>
      {footer && <div className="flex flex-col items-center gap-2 text-center text-[0.90625rem]">{footer}</div>}
    </main>
  )
}
