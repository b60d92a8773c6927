"use client"

import { Link2, Trash2 } from "lucide-react"
import { useCallback, useEffect, useState } from "react"
import { toast } from "sonner"
import { z } from "zod"
import { ApiError, api } from "@/components/api"
import { Button } from "@/components/ui/button"
import { CopyButton } from "@/components/ui/copy-button"
import { Dialog } from "@/components/ui/dialog"
import { Spinner } from "@/components/ui/spinner"

const shareInfo = z.object({
  id: z.string(),
  path: z.string(),
  title: z.string(),
  createdAt: z.string(),
  revokedAt: z.string().nullable(),
})
const listAnswer = z.object({ shares: z.array(shareInfo) })
const oneAnswer = z.object({ share: shareInfo })
type Share = z.infer<typeof shareInfo>

const sentence = (error: unknown) => (error instanceof ApiError ? error.message : "That did not work. Try again.")
const addressOf = ({ path }: Share) => new URL(path, window.location.origin).href

/** Makes, lists and revokes the links to a conversation. */
export function ShareDialog({ conversationId, onClose }: { conversationId: string; onClose: () => void }) {
  const [shares, setShares] = useState<Share[] | null>(null)
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  const attempt = useCallback(async (work: () => Promise<void>) => {
    setError(null)
    setBusy(true)
    await work().catch((cause) => setError(sentence(cause)))
    setBusy(false)
  }, [])

  useEffect(() => {
    void attempt(async () =>
      setShares(listAnswer.parse(await api(`/api/conversations/${conversationId}/shares`)).shares),
    )
  }, [attempt, conversationId])

  const create = () =>
    attempt(async () => {
      const { share } = oneAnswer.parse(await api(`/api/conversations/${conversationId}/shares`, { method: "POST" }))
      setShares((known) => [share, ...(known ?? [])])
    })
  const revoke = (share: Share) =>
    attempt(async () => {
      await api(`/api/shares/${share.id}`, { method: "DELETE" })
      setShares((known) =>
        (known ?? []).map((other) =>
          other.id === share.id ? { ...other, revokedAt: new Date().toISOString() } : other,
        ),
      )
      toast("The link no longer works.")
    })

  const live = shares?.filter(({ revokedAt }) => revokedAt === null) ?? []
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Share this conversation"
      description="Anyone with the link can read the conversation as it is now, with its images. What comes later, and the model's reasoning, stay with you."
    >
      {error && (
        <p role="alert" className="mb-3 rounded-md bg-danger-soft px-3 py-2 text-danger text-sm">
          {error}
        </p>
      )}
      <ul className="mb-4 space-y-2">
        {live.map((share) => (
          <ShareRow key={share.id} share={share} onRevoke={() => void revoke(share)} />
        ))}
      </ul>
      {shares === null && !error ? (
        <p className="flex items-center gap-2 text-muted-foreground text-sm">
          <Spinner /> Looking for links…
        </p>
      ) : (
        <Button variant={live.length === 0 ? "primary" : "outline"} disabled={busy} onClick={() => void create()}>
          <Link2 className="size-4" /> {live.length === 0 ? "Create link" : "Create a new link"}
        </Button>
      )}
    </Dialog>
  )
}

function ShareRow({ share, onRevoke }: { share: Share; onRevoke: () => void }) {
  const [asking, setAsking] = useState(false)
  const date = new Date(share.createdAt).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" })
  return (
    <li className="rounded-lg border p-2.5">
      <div className="flex items-center gap-1">
        <input
          readOnly
          aria-label="Link"
          value={addressOf(share)}
          onFocus={(event) => event.currentTarget.select()}
          className="min-w-0 flex-1 truncate bg-transparent font-mono text-[12.5px]"
        />
        <CopyButton text={() => addressOf(share)} label="Copy link" />
        <Button
          variant="danger"
          size="icon"
          aria-label="Revoke link"
          title="Revoke link"
          onClick={() => setAsking(true)}
        >
          <Trash2 className="size-4" />
        </Button>
      </div>
      <p className="text-muted-foreground text-xs">Made {date}</p>
      {asking && (
        <div className="mt-2 flex flex-wrap items-center gap-2 border-t pt-2 text-sm">
          <span className="mr-auto">Stop this link from working?</span>
          <Button size="sm" onClick={() => setAsking(false)}>
            Keep it
          </Button>
          <Button size="sm" variant="danger" className="border" onClick={onRevoke}>
            Revoke
          </Button>
        </div>
      )}
    </li>
  )
}
