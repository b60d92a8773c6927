import { getTranslations } from "next-intl/server"
import { listModels } from "@/lib/ai/catalogue/catalogue"

/** Names of the models that are known here, by their ids. */
export async function modelNames(): Promise<Record<string, string>> {
  const t = await getTranslations("models")
  const { models } = await listModels()
  return Object.fromEntries(
    models.flatMap(({ id, name, ways = [] }) => [
      [id, name],
      ...ways.slice(1).map((way) => [way.id, t("withWay", { name, way: t(`way.${way.kind}`) })]),
    ]),
  )
}
