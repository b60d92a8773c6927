import { useTranslations } from "next-intl"
import { useMessageContext } from "@/components/message/parts/message-context"
import { isMerged } from "@/lib/messages/merged"
import type { ChatMessage } from "@/lib/messages/types"

/**
 * Returns a function from an answer and its index to its name: its model, a letter while that is hidden, or that it is
 * merged.
 */
export function useAnswerName(): (answer: ChatMessage, place: number) => string {
  const t = useTranslations("compare")
  const { modelName } = useMessageContext()
  return (answer, place) => {
    const { metadata } = answer
    if (isMerged(answer)) return t("merged")
    return metadata?.blind ? t("answer", { letter: letterOf(place) }) : modelName(metadata?.model ?? "")
  }
}

/** A, B, C, D. */
export const letterOf = (place: number): string => String.fromCharCode(65 + place)
