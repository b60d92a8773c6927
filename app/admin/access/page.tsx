import { getTranslations } from "next-intl/server"
import { ToolsForm, WhatForm, WhoForm } from "@/components/admin/access-form"
import { Group, PageHead } from "@/components/admin/admin-frame"
import { InvitationList } from "@/components/admin/invitation-list"
import { NewInvitation } from "@/components/admin/invitations"
import { openInvitations } from "@/lib/admin/invitations"
import { adminOf } from "@/lib/admin/page"
import { toolNames } from "@/lib/ai/tools"
import { operatorSettings } from "@/lib/operator/settings"

export default async function Access() {
  await adminOf("admin:access")
  const t = await getTranslations("admin.access")
  const texts = await getTranslations("admin.invitations")
  const { guests, signUp, mailDomains, tools, blockedTools, uploads, shares, ownKeys, mcpServers } =
    await operatorSettings()
  const settings = { guests, signUp, mailDomains, tools, blockedTools, uploads, shares, ownKeys, mcpServers }
  return (
    <>
      <PageHead title={t("title")} meaning={t("meaning")} />
      <Group title={t("who")}>
        <WhoForm key={mailDomains.join()} settings={settings} />
      </Group>
      <Group title={texts("title")} meaning={texts("meaning")}>
        <NewInvitation />
        <InvitationList invitations={await openInvitations()} />
      </Group>
      <Group title={t("what")}>
        <WhatForm settings={settings} />
      </Group>
      {tools && (
        <Group title={t("toolsOn")} meaning={t("toolsOnMeaning")}>
          <ToolsForm names={toolNames()} blocked={blockedTools} />
        </Group>
      )}
    </>
  )
}
