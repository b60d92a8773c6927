"use client"

import { useTranslations } from "next-intl"
import { isApple, useKeyName } from "@/components/base/keys"
import { SHORTCUT_GROUPS, shortcutsWith } from "@/components/settings/shortcuts/shortcuts"
import { Dialog } from "@/components/ui/dialog"
import { sendKey } from "@/components/ui/enter"

/** The keyboard shortcuts dialog. */
export default function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("shortcuts")
  const shortcuts = shortcutsWith(sendKey())
  const keyName = useKeyName()
  const nameOf = (key: string) => (key === "Mod" ? (isApple() ? "⌘" : keyName("Control")) : keyName(key))
  return (
    <Dialog open onOpenChange={(open) => open || onClose()} title={t("title")}>
      {SHORTCUT_GROUPS.map((group, index) => (
        <section
          key={group}
          // Reading starts here, and keys scroll from here.
          {...(index === 0 ? { tabIndex: -1, "data-autofocus": true } : {})}
          className="mt-4 outline-hidden first:mt-0"
        >
          <h3 className="mb-1 font-medium text-[0.8125rem] text-muted-foreground">{t(`groups.${group}`)}</h3>
          <dl>
            {shortcuts
              .filter((shortcut) => shortcut.group === group)
              .map(({ keys, does }) => (
                <div key={does} className="flex items-center justify-between gap-4 border-b py-1.5 last:border-0">
                  <dt className="text-sm">{t(`does.${does}`)}</dt>
                  <dd className="flex shrink-0 gap-2">
                    {keys.map((combination) => (
                      <Keys key={combination.join()} keys={combination.map(nameOf)} />
                    ))}
                  </dd>
                </div>
              ))}
          </dl>
        </section>
      ))}
    </Dialog>
  )
}

function Keys({ keys }: { keys: string[] }) {
  return (
    <span className="flex gap-1">
      {keys.map((key) => (
        <kbd
          key={key}
          className="grid h-6 min-w-6 place-items-center rounded-sm border bg-muted px-1.5 font-sans text-[0.75rem] text-muted-foreground"
        >
          {key}
        </kbd>
      ))}
    </span>
  )
}
