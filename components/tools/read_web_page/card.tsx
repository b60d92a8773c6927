import { FileText } from "lucide-react"
import { useTranslations } from "next-intl"
import { CardFrame, hostOf, OutsideLink, SourceNumber } from "@/components/tools/card-frame"
import { FullResultLink } from "@/components/tools/full-result-link"
import { LongText } from "@/components/tools/long-text"
import { toolCard } from "@/components/tools/tool-card"
import { type PageOutput, pageInput, pageOutput } from "@/lib/ai/tools/read_web_page/types"

/** The page, and its text as the model received it. */
export default toolCard({ input: pageInput, output: pageOutput, Result: ({ output }) => <Page page={output} /> })

function Page({ page: { sources, site, author, published, text, from, characters, whole } }: { page: PageOutput }) {
  const t = useTranslations("webTools")
  const [source] = sources
  if (!source) return null
  const about = [site ?? hostOf(source.url), author, published].filter(Boolean).join(" · ")
  return (
    <CardFrame icon={<FileText aria-hidden />} title={t("read", { host: hostOf(source.url) })}>
      <div className="px-3.5 py-2.5">
        <p className="flex gap-2.5">
          <SourceNumber number={source.number} />
          <OutsideLink url={source.url} className="wrap-anywhere font-medium underline-offset-2 hover:underline">
            {source.title}
          </OutsideLink>
        </p>
        <p className="mt-0.5 truncate text-[0.8125rem] text-muted-foreground">{about}</p>
        <LongText text={text} cite={source.url} />
        {text.length < characters && (
          <p className="mt-1 text-muted-foreground text-xs">
            {t("piece", { from: from + 1, to: from + text.length, all: characters })}
          </p>
        )}
        {whole && <FullResultLink whole={whole} />}
      </div>
    </CardFrame>
  )
}
