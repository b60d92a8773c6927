import type { MetadataRoute } from "next"
import { getTranslations } from "next-intl/server"

/** The web app manifest, for installing the page as an application. */
export default async function manifest(): Promise<MetadataRoute.Manifest> {
  const t = await getTranslations("app")
  const icon = (size: number, purpose: "any" | "maskable") => ({
    src: `/icons/${purpose}-${size}.png`,
    sizes: `${size}x${size}`,
    type: "image/png",
    purpose,
  })
  return {
    id: "/",
    name: "Sparkler",
    short_name: "Sparkler",
    description: t("description"),
    start_url: "/",
    display: "standalone",
    background_color: "#fdfcfa",
    theme_color: "#fdfcfa",
    icons: [icon(192, "any"), icon(512, "any"), icon(192, "maskable"), icon(512, "maskable")],
  }
}
