import { ArrowLeft } from "lucide-react"
import Link from "next/link"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { SidebarToggle } from "@/components/shell/shell"

interface Props {
  title: string
  /** The grid's actions. */
  children?: ReactNode
}

/** The header of a grid's page, with a link back to the list. */
export function GridHeader({ title, children }: Props) {
  const t = useTranslations("grids")
  return (
    <header className="flex h-14 shrink-0 items-center gap-1 px-2 sm:px-3">
      <SidebarToggle />
      <Link
        href="/grids"
        prefetch={false}
        aria-label={t("all")}
        data-tip={t("all")}
        className="grid size-8 shrink-0 place-items-center rounded-md text-muted-foreground hover:bg-muted hover:text-foreground pointer-coarse:size-10"
      >
        <ArrowLeft className="size-4.5 rtl:-scale-x-100" aria-hidden />
      </Link>
      <h1 className="min-w-0 flex-1 truncate px-1 font-semibold text-[0.9375rem]">{title}</h1>
      {children}
    </header>
  )
}
