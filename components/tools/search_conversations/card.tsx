import { MessagesSquare } from "lucide-react"
import Link from "next/link"
import { useTranslations } from "next-intl"
import { useFormatLocale } from "@/components/base/format-locale"
import { useMessageContext } from "@/components/message/parts/message-context"
import { CardFrame } from "@/components/tools/card-frame"
import { toolCard } from "@/components/tools/tool-card"
import { type OwnSearchOutput, ownSearchInput, ownSearchOutput } from "@/lib/ai/tools/search_conversations/types"

/** The messages found, with links for their owner. */
export default toolCard({
  input: ownSearchInput,
  output: ownSearchOutput,
  Result: ({ input, output }) => <Hits query={input.query} hits={output.hits} />,
})

function Hits({ query, hits }: { query: string; hits: OwnSearchOutput["hits"] }) {
  const t = useTranslations("ownSearch")
  const locale = useFormatLocale()
  const { conversationId } = useMessageContext()
  return (
    <CardFrame
      icon={<MessagesSquare aria-hidden />}
      title={t("searched", { query })}
      note={t("hits", { count: hits.length })}
    >
      <ul className="max-h-80 divide-y overflow-y-auto">
        {hits.map((hit) => (
          <li key={hit.messageId ?? hit.conversationId} className="px-3.5 py-2.5">
            <p className="flex gap-3">
              <span className="min-w-0 flex-1 truncate font-medium">
                {conversationId === null ? (
                  hit.title
                ) : (
                  <Link href={pathOf(hit)} className="underline-offset-2 hover:underline">
                    {hit.title || t("untitled")}
                  </Link>
                )}
              </span>
              <span className="shrink-0 text-[0.8125rem] text-muted-foreground">
                {new Date(hit.date).toLocaleDateString(locale, { dateStyle: "medium", timeZone: "UTC" })}
              </span>
            </p>
            {hit.excerpt && (
              <p className="wrap-anywhere mt-0.5 line-clamp-2 text-[0.8125rem] text-muted-foreground">
                {hit.role && `${t("said", { role: hit.role })} `}
                {hit.excerpt}
              </p>
            )}
          </li>
        ))}
        {hits.length === 0 && <li className="px-3.5 py-2.5 text-muted-foreground">{t("none")}</li>}
      </ul>
    </CardFrame>
  )
}

const pathOf = ({ conversationId, messageId }: OwnSearchOutput["hits"][number]) =>
  `/c/${encodeURIComponent(conversationId)}${messageId ? `?message=${encodeURIComponent(messageId)}` : ""}`
