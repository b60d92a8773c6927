import { BookOpen } from "lucide-react"
import { useTranslations } from "next-intl"
import { CardFrame, OutsideLink, SourceNumber } from "@/components/tools/card-frame"
import { LongText } from "@/components/tools/long-text"
import { toolCard } from "@/components/tools/tool-card"
import { type WikipediaOutput, wikipediaInput, wikipediaOutput } from "@/lib/ai/tools/wikipedia/types"

/** The article, and other matches. */
export default toolCard({
  input: wikipediaInput,
  output: wikipediaOutput,
  Result: ({ output }) => <Article output={output} />,
})

function Article({ output: { article, others, sources, language } }: { output: WikipediaOutput }) {
  const t = useTranslations("webTools")
  return (
    <CardFrame icon={<BookOpen aria-hidden />} title={t("wikipedia")} note={language.toUpperCase()}>
      <div className="px-3.5 py-2.5">
        <p className="flex gap-2.5">
          {sources[0] && <SourceNumber number={sources[0].number} />}
          <OutsideLink url={article.url} className="wrap-anywhere font-medium underline-offset-2 hover:underline">
            {article.title}
          </OutsideLink>
        </p>
        {article.description && <p className="mt-0.5 text-[0.8125rem] text-muted-foreground">{article.description}</p>}
        <div lang={language}>
          <LongText text={article.text} cite={article.url} />
        </div>
        {others.length > 0 && (
          <p className="mt-2 text-[0.8125rem] text-muted-foreground">
            {t("others")}{" "}
            {others.map(({ title, url }, index) => (
              <span key={url}>
                {index > 0 && ", "}
                <OutsideLink url={url} className="underline underline-offset-2">
                  {title}
                </OutsideLink>
              </span>
            ))}
          </p>
        )}
        <p className="mt-2 text-muted-foreground text-xs">{t("license")}</p>
      </div>
    </CardFrame>
  )
}
