import { getTranslations } from "next-intl/server"
import { Suspense } from "react"
import { AccessForm, FeaturesForm, ToolsForm } from "@/components/admin/access-form"
import { Group, PageHead } from "@/components/admin/admin-frame"
import { InvitationList } from "@/components/admin/invitation-list"
import { NewInvitation } from "@/components/admin/invitations"
import { openInvitations } from "@/lib/admin/invitations"
import { requireAdminPage } from "@/lib/admin/page"
import { toolNames } from "@/lib/ai/tools"
import { listOperatorServers } from "@/lib/mcp/operators"
import { operatorSettings } from "@/lib/operator/settings"

export default async function Access() {
  const { id } = await requireAdminPage("admin:access")
  const t = await getTranslations("admin.access")
  const texts = await getTranslations("admin.invitations")
  const { guests, signUp, mailDomains, tools, blockedTools, uploads, shares, ownKeys, mcpServers } =
    await operatorSettings()
  const settings = { guests, signUp, mailDomains, tools, blockedTools, uploads, shares, ownKeys, mcpServers }
  return (
    <>
      <PageHead title={t("title")} meaning={t("meaning")} />
      <Group title={t("who")}>
        <AccessForm key={mailDomains.join()} settings={settings} />
      </Group>
      <Group title={texts("title")} meaning={texts("meaning")}>
        <NewInvitation />
        <InvitationList invitations={await openInvitations()} />
      </Group>
      <Group title={t("what")}>
        <FeaturesForm settings={settings} />
      </Group>
      {tools && (
        <Group title={t("toolsOn")} meaning={t("toolsOnMeaning")}>
          <ToolsForm names={toolNames()} blocked={blockedTools} />
        </Group>
      )}
      {tools && (
        <Suspense>
          <ServersTools userId={id} blocked={blockedTools} />
        </Suspense>
      )}
    </>
  )
}

/** The tools of the operator's MCP servers, as far as the servers are reachable. */
async function ServersTools({ userId, blocked }: { userId: string; blocked: string[] }) {
  const t = await getTranslations("admin.access")
  return (await listOperatorServers(userId)).map(({ name, tools }) => (
    <Group key={name} title={t("toolsOf", { name })}>
      {tools ? (
        <ToolsForm
          names={tools.map((tool) => tool.name)}
          labels={Object.fromEntries(tools.map((tool) => [tool.name, tool.title]))}
          blocked={blocked}
        />
      ) : (
        <p className="py-3 text-muted-foreground text-sm">{t("toolsAway")}</p>
      )}
    </Group>
  ))
}
