import { useEffect } from 'preact/hooks'
import { account, loadAccount } from '../../api/account.ts'
import { island } from '../../ui/locale-context.tsx'
import { Toaster } from '../../ui/toaster.tsx'
import { BillingBanner } from './billing-banner.tsx'
import { Rail } from './rail.tsx'
import type { Section } from './sections.ts'
import { TopBar } from './top-bar.tsx'

function Shell({ section }: { section: Section }) {
  useEffect(() => void loadAccount(), [])
  return (
    <>
      <Rail section={section} account={account.value} />
      <TopBar />
      <BillingBanner />
      <Toaster />
    </>
  )
}

export const ShellIsland = island(Shell)
