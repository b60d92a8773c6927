import { listModels } from "@/lib/ai/catalogue/catalogue"
import german from "@/lib/i18n/de.json" with { type: "json" }
import english from "@/lib/i18n/en.json" with { type: "json" }
import { formatMessage } from "@/lib/i18n/format"
import type { Language } from "@/lib/i18n/language"

const TEXTS = { en: english.models, de: german.models } satisfies Record<Language, unknown>

/** Names of the models that are known here, by their ids. Also outside of a page, where there are no translations. */
export async function modelNames(language: Language): Promise<Record<string, string>> {
  const { models } = await listModels()
  const texts = TEXTS[language]
  return Object.fromEntries(
    models.flatMap(({ id, name, ways = [] }) => [
      [id, name],
      ...ways.slice(1).map(({ id: wayId, kind }) => {
        const way = formatMessage(texts.way[kind], {}, language) ?? kind
        return [wayId, formatMessage(texts.withWay, { name, way }, language) ?? name]
      }),
    ]),
  )
}
