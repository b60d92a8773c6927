import { useTranslations } from "next-intl"

/** A message the user sent mid-answer, shown where the model received it. */
export function SteerNote({ text }: { text: string }) {
  const t = useTranslations("message")
  return (
    <section aria-label={t("you")} data-steer="" className="flex flex-col items-end">
      <p
        dir="auto"
        className="wrap-anywhere max-w-[min(85%,36rem)] whitespace-pre-wrap rounded-xl rounded-br-sm bg-muted px-4 py-2.5 leading-relaxed print:border"
      >
        {text}
      </p>
    </section>
  )
}
