import { useTranslations } from "next-intl"
import { isTemplate } from "@/lib/output/template-names"

/** The display name of a schema: a template's title, otherwise its name. */
export function useSchemaTitle(): (name: string) => string {
  const t = useTranslations("output.templates")
  return (name) => (isTemplate(name) ? t(`${name}.title`) : name)
}
