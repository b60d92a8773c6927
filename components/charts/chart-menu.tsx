"use client"

import { FileCode2, Image as ImageIcon, Sheet } from "lucide-react"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { saveFile } from "@/components/base/save-file"
import { csvFile, toCsv } from "@/components/base/table-text"
import { chartFile } from "@/components/charts/chart-file"
import { chartToRows } from "@/components/charts/values"
import { toPng } from "@/components/message/markdown/svg"
import { Menu, MenuItem } from "@/components/ui/menu"
import { toast } from "@/components/ui/toast"
import type { ChartSpec } from "@/lib/ai/tools/show_chart/types"

interface Props {
  trigger: ReactNode
  spec: ChartSpec
  title: string
  svg: () => SVGSVGElement | null
}

/** The file formats a chart can be saved as. */
export default function ChartMenu({ trigger, spec, title, svg }: Props) {
  const t = useTranslations("charts")
  const name =
    title
      .replace(/[^\p{L}\p{N}]+/gu, "-")
      .replace(/^-|-$/g, "")
      .slice(0, 60) || "chart"
  const drawn = () => {
    const element = svg()
    return element && chartFile(element, title)
  }
  const png = async () => {
    try {
      const file = drawn()
      if (file) saveFile(`${name}.png`, await toPng(file, file.ground))
    } catch {
      toast.error(t("pngFailed"))
    }
  }
  return (
    <Menu trigger={trigger} defaultOpen>
      <MenuItem onSelect={() => saveFile(`${name}.svg`, drawn()?.text ?? "", "image/svg+xml")}>
        <FileCode2 /> {t("file", { kind: "SVG" })}
      </MenuItem>
      <MenuItem onSelect={png}>
        <ImageIcon /> {t("file", { kind: "PNG" })}
      </MenuItem>
      <MenuItem onSelect={() => saveFile(`${name}.csv`, csvFile(toCsv(chartToRows(spec))), "text/csv")}>
        <Sheet /> {t("file", { kind: "CSV" })}
      </MenuItem>
    </Menu>
  )
}
