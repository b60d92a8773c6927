"use client"

import { CircleAlert, RotateCcw, X } from "lucide-react"
import { useTranslations } from "next-intl"
import { Suspense } from "react"
import { redirectToSignIn } from "@/components/base/sign-in"
import { useStore } from "@/components/base/store"
import { isPicture } from "@/components/draft/attachment"
import type { DraftStore } from "@/components/draft/draft"
import type { Refusal } from "@/components/session/state"
import { Button } from "@/components/ui/button"
import { IconButton } from "@/components/ui/icon-button"
import { lazyPart } from "@/components/ui/lazy-part"
import { NoticeBar } from "@/components/ui/notice-bar"
import type { ModelInfo, ModelsResponse } from "@/lib/models/model.types"

const ModelNotice = lazyPart(() => import("@/components/models/model-notice"))
const BlindNotice = lazyPart(() => import("@/components/models/blind-notice"))

interface Props {
  refusal: Refusal | null
  onRetry: () => void
  /** Retries the refused request with another model. */
  onAskOther: (model: string) => void
  onDismiss: () => void
  draft: DraftStore
  /** The models that the next message goes to. */
  asked: ModelInfo[]
  models: ModelsResponse
  /** Selects these models instead. */
  onAsk: (ids: string[]) => void
  /** Sends the composer's content. */
  onSend: () => void
}

/** The most urgent notice above the composer. */
export function ComposerNotice(props: Props) {
  const { refusal, draft, asked, models, onAsk, onSend } = props
  const { attachments, text } = useStore(draft)
  if (models.guestsOff) return <GuestsOffNotice />
  if (refusal) return <RefusalNotice {...props} refusal={refusal} />
  const picture = attachments.some(isPicture)
  const blind = picture && asked.some(({ images }) => !images)
  const going = asked.find(({ retired, missing, deprecation }) => retired || missing || deprecation)
  return (
    <Suspense>
      {blind ? (
        <BlindNotice
          {...{ asked, models, onAsk, onSend }}
          ready={text.trim() !== "" && attachments.every(({ state }) => state === "ready")}
        />
      ) : (
        going && <ModelNotice key={going.id} model={going} models={models} onAsk={onAsk} />
      )}
    </Suspense>
  )
}

/** An account is now required to chat. The text stays in the field. */
function GuestsOffNotice() {
  const t = useTranslations("chat")
  return (
    <NoticeBar role="alert" className="bg-danger-soft">
      <CircleAlert className="size-4 shrink-0 text-danger" aria-hidden />
      <span className="wrap-anywhere min-w-0 flex-1">{t("guestsOff")}</span>
      <SignIn />
    </NoticeBar>
  )
}

function SignIn() {
  const t = useTranslations("account")
  return (
    <Button size="sm" onClick={redirectToSignIn}>
      {t("signIn")}
    </Button>
  )
}

/** Refusals that would be repeated for the same request. */
const FINAL = /^(message:|image:|file:|output:|model:|request:)/

interface RefusalProps extends Pick<Props, "onRetry" | "onAskOther" | "onDismiss"> {
  refusal: Refusal
}

function RefusalNotice({ refusal, onRetry, onAskOther, onDismiss }: RefusalProps) {
  const { code, message, again, seeing = [] } = refusal
  const common = useTranslations("common")
  const t = useTranslations("chat")
  return (
    <NoticeBar role="alert" className="bg-danger-soft">
      <CircleAlert className="size-4 shrink-0 text-danger" aria-hidden />
      <span className="wrap-anywhere min-w-0 flex-1">{message}</span>
      {code === "auth:required" ? (
        <Button size="sm" onClick={() => window.location.reload()}>
          {t("reload")}
        </Button>
      ) : code === "auth:guests_off" ? (
        <SignIn />
      ) : (
        !FINAL.test(code) && (
          <Button size="sm" onClick={onRetry}>
            <RotateCcw className="size-3.5" /> {common("retry")}
          </Button>
        )
      )}
      {again &&
        seeing.map(({ id, name }) => (
          <Button key={id} size="sm" onClick={() => onAskOther(id)}>
            {t("sendWith", { model: name })}
          </Button>
        ))}
      <IconButton label={common("dismiss")} onClick={onDismiss}>
        <X className="size-4" />
      </IconButton>
    </NoticeBar>
  )
}
