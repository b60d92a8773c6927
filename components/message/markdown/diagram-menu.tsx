"use client"

import { FileCode2, Image as ImageIcon } from "lucide-react"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { saveFile } from "@/components/base/save-file"
import type { Theme } from "@/components/message/markdown/draw-diagram"
import { type Svg, toPng } from "@/components/message/markdown/svg"
import { Menu, MenuItem } from "@/components/ui/menu"
import { toast } from "@/components/ui/toast"

const GROUNDS: Record<Theme, string> = { light: "#ffffff", dark: "#1d1a17" }

/** The file formats a diagram can be saved as. */
export default function DiagramMenu({ trigger, svg, theme }: { trigger: ReactNode; svg: Svg; theme: Theme }) {
  const t = useTranslations("reading")
  const png = async () => {
    try {
      saveFile("diagram.png", await toPng(svg, GROUNDS[theme]))
    } catch {
      toast.error(t("pngFailed"))
    }
  }
  return (
    <Menu trigger={trigger} defaultOpen>
      <MenuItem onSelect={() => saveFile("diagram.svg", svg.text, "image/svg+xml")}>
        <FileCode2 /> {t("downloadSvg")}
      </MenuItem>
      <MenuItem onSelect={png}>
        <ImageIcon /> {t("downloadPng")}
      </MenuItem>
    </Menu>
  )
}
