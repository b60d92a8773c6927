import { comparedWith } from "@/lib/chat/tree"
import { treeOf } from "@/lib/db/messages"
import { AppError } from "@/lib/http/errors"

export const notComparedError = () => new AppError("message:not_compared")

export const isNotCompared = (error: unknown) => error instanceof AppError && error.code === "message:not_compared"

/** The answers this one is compared with, including itself; none if the comparison is decided. */
export async function openComparison(conversationId: string, messageId: string) {
  const tree = await treeOf(conversationId)
  return comparedWith(
    tree,
    tree.find(({ id }) => id === messageId),
  )
}
