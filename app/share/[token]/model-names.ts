import { listModels } from "@/lib/ai/catalogue/catalogue"
import german from "@/lib/i18n/de.json" with { type: "json" }
import english from "@/lib/i18n/en.json" with { type: "json" }
import { formatMessage } from "@/lib/i18n/format"
import type { Language } from "@/lib/i18n/language"
import type { ChatMessage } from "@/lib/messages/types"

const TEXTS = { en: english.models, de: german.models } satisfies Record<Language, unknown>

/**
 * Names of these messages' models, by id, and no others, because not everyone may see them. Also works outside of a
 * page, where there are no translations.
 */
export async function modelNames(language: Language, messages: ChatMessage[]): Promise<Record<string, string>> {
  const told = new Set(messages.flatMap(modelsOf))
  const { models } = await listModels()
  const texts = TEXTS[language]
  const names = models.flatMap(({ id, name, ways = [] }) => [
    [id, name],
    ...ways.slice(1).map(({ id: wayId, kind }) => {
      const way = formatMessage(texts.way[kind], {}, language) ?? kind
      return [wayId, formatMessage(texts.withWay, { name, way }, language) ?? name]
    }),
  ])
  return Object.fromEntries(names.filter(([id = ""]) => told.has(id)))
}

const modelsOf = ({ metadata, parts }: ChatMessage): string[] => [
  ...(metadata?.model ? [metadata.model] : []),
  ...(metadata?.merged?.from ?? []),
  ...parts.flatMap((part) => (part.type === "data-served" ? [part.data.model] : [])),
]
