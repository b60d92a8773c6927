"use client"

import {
  ChartNoAxesColumn,
  CircleDot,
  CircleStop,
  CodeXml,
  FileText,
  GitBranch,
  Link2,
  ListChecks,
  type LucideIcon,
  MessageSquarePlus,
  Share2,
  Shuffle,
  Text,
  Trash2,
  Volume2,
} from "lucide-react"
import { useTranslations } from "next-intl"
import { textOf, textToCopy } from "@/components/base/message-content"
import { useStoreSelector } from "@/components/base/store"
import type { MessageActionsProps } from "@/components/message/actions/message-actions"
import { plainText } from "@/components/message/markdown/text/rich-html"
import { useMessageContext } from "@/components/message/parts/message-context"
import { canSpeak, speakingAnswer, startSpeaking, stopSpeaking } from "@/components/speech/speaking"
import { copy } from "@/components/ui/copy"
import { toast } from "@/components/ui/toast"

/** An action on a message. */
export interface RowItem {
  key: string
  label: string
  icon: LucideIcon
  /**
   * `wide`: has its own button where there is room; `narrow`: has a button elsewhere there. Both are in the menu on a
   * phone.
   */
  where: "menu" | "wide" | "narrow"
  run: () => void
  pressed?: boolean
  disabled?: boolean
  danger?: boolean
}

type Article = () => HTMLElement | null

/** The actions of a message besides copy, edit and regenerate, in display order. */
export function useRowItems(props: MessageActionsProps, article: Article): RowItem[] {
  return [...useReading(props), ...useAgain(props), ...useCopies(props, article), ...useTree(props)]
}

/** Other ways to read or listen to it. */
function useReading({ message, likely }: MessageActionsProps): RowItem[] {
  const t = useTranslations("message")
  const speech = useTranslations("speech")
  const available = useStoreSelector(speakingAnswer, canSpeak, () => false)
  const speaking = useStoreSelector(
    speakingAnswer,
    (reading) => reading === message.id,
    () => false,
  )
  const items: RowItem[] = []
  if (available && isProse(message))
    items.push({
      key: "read",
      where: "narrow",
      ...(speaking
        ? { label: speech("stop"), icon: CircleStop, run: stopSpeaking }
        : { label: speech("read"), icon: Volume2, run: () => void startSpeaking(message.id, textOf(message)) }),
    })
  if (likely)
    items.push({
      ...{ key: "likely", where: "wide", label: t("likely"), icon: ChartNoAxesColumn },
      ...{ pressed: likely.shown, run: likely.onToggle },
    })
  return items
}

/** Regenerate actions for where there is no room for a separate menu. */
function useAgain({ message, readOnly, asked = true }: MessageActionsProps): RowItem[] {
  const t = useTranslations("message")
  const { busy, tools } = useMessageContext()
  if (readOnly || !tools || message.role !== "assistant" || !asked || message.metadata?.blind) return []
  const run = () => tools.tryOther(message)
  return [{ key: "other", where: "narrow", label: t("againWith"), icon: Shuffle, disabled: busy, run }]
}

function useCopies({ message }: MessageActionsProps, article: Article): RowItem[] {
  const t = useTranslations("message")
  const common = useTranslations("common")
  const { linkTo } = useMessageContext()
  const take = (text: () => string) => () => {
    copy({ text: text() }).then(
      () => toast.success(common("copied")),
      () => toast.error(common("copyRefused")),
    )
  }
  const menu = { where: "menu" as const }
  return [
    ...(isProse(message)
      ? [
          { ...menu, key: "markdown", label: t("copyMarkdown"), icon: FileText, run: take(() => textToCopy(message)) },
          {
            ...{ ...menu, key: "plain", label: t("copyPlain"), icon: Text },
            run: take(() => plainText(article()) || textToCopy(message)),
          },
        ]
      : []),
    ...(linkTo
      ? [{ ...menu, key: "link", label: t("copyLink"), icon: Link2, run: take(() => linkTo(message.id)) }]
      : []),
  ]
}

/** Actions on the message's branch. */
function useTree({ message, readOnly }: MessageActionsProps): RowItem[] {
  const { id } = message
  const t = useTranslations("message")
  const { busy, tools, beside, continueFrom } = useMessageContext()
  if (continueFrom)
    return [
      {
        ...{ key: "continue", where: "menu", label: t("continueFrom"), icon: MessageSquarePlus },
        run: () => continueFrom(id),
      },
    ]
  if (readOnly || !tools || beside) return []
  const { branch, share, remove, getCode, saveRecording, saveCase } = tools
  const menu = { where: "menu" as const }
  return [
    ...(branch ? [{ ...menu, key: "branch", label: t("branch"), icon: GitBranch, run: () => branch(id) }] : []),
    ...(share ? [{ ...menu, key: "share", label: t("shareFrom"), icon: Share2, run: () => share(id) }] : []),
    ...(hasRequest(message)
      ? [{ ...menu, key: "code", label: t("getCode"), icon: CodeXml, run: () => getCode(id) }]
      : []),
    ...(message.role === "assistant" && !message.metadata?.blind
      ? [
          {
            ...menu,
            key: "record",
            label: t("saveRecording"),
            icon: CircleDot,
            disabled: busy,
            run: () => saveRecording(id),
          },
        ]
      : []),
    ...(hasRequest(message) && textOf(message) !== ""
      ? [{ ...menu, key: "case", label: t("saveCase"), icon: ListChecks, disabled: busy, run: () => saveCase(id) }]
      : []),
    { ...menu, key: "delete", label: t("delete"), icon: Trash2, danger: true, disabled: busy, run: () => remove(id) },
  ]
}

/** An answer to one question by a model whose name is not hidden. */
const hasRequest = ({ role, metadata }: MessageActionsProps["message"]): boolean =>
  role === "assistant" && metadata?.model !== undefined && !metadata.blind && !metadata.merged

/** A prose answer. */
const isProse = (message: MessageActionsProps["message"]): boolean =>
  message.role === "assistant" && textOf(message) !== "" && !message.metadata?.output
