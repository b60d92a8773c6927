import { useTranslations } from "next-intl"
import { isTemplate } from "@/lib/output/template-names"

/** What people call a schema: a template by its title, another one by its name. */
export function useSchemaTitle(): (name: string) => string {
  const t = useTranslations("output.templates")
  return (name) => (isTemplate(name) ? t(`${name}.title`) : name)
}
