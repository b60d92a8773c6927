import { Globe } from "lucide-react"
import { useTranslations } from "next-intl"
import { useFormatLocale } from "@/components/base/format-locale"
import { CardFrame, hostOf, OutsideLink, SourceNumber } from "@/components/tools/card-frame"
import { toolCard } from "@/components/tools/tool-card"
import { type WebSearchOutput, webSearchInput, webSearchOutput } from "@/lib/ai/tools/search_web/types"

/** The results, numbered as the answer cites them. Nothing from them is loaded. */
export default toolCard({
  input: webSearchInput,
  output: webSearchOutput,
  Result: ({ output }) => <Found output={output} />,
})

function Found({ output: { query, engine, sources } }: { output: WebSearchOutput }) {
  const t = useTranslations("webTools")
  return (
    <CardFrame icon={<Globe aria-hidden />} title={t("searched", { query })} note={engine}>
      <ul className="max-h-80 divide-y overflow-y-auto">
        {sources.map((source) => (
          <SourceRow key={source.number} source={source} />
        ))}
      </ul>
    </CardFrame>
  )
}

function SourceRow({ source: { number, title, url, snippet, date } }: { source: WebSearchOutput["sources"][number] }) {
  const locale = useFormatLocale()
  return (
    <li className="flex gap-2.5 px-3.5 py-2.5">
      <SourceNumber number={number} />
      <div className="min-w-0">
        <OutsideLink url={url} className="wrap-anywhere font-medium underline-offset-2 hover:underline">
          {title}
        </OutsideLink>
        <p className="truncate text-[0.8125rem] text-muted-foreground">
          {hostOf(url)}
          {date && ` · ${new Date(date).toLocaleDateString(locale, { dateStyle: "medium", timeZone: "UTC" })}`}
        </p>
        <p className="wrap-anywhere mt-0.5 line-clamp-2 text-[0.8125rem]">{snippet}</p>
      </div>
    </li>
  )
}
