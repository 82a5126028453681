// For tests: an organization whose owner invites people, and people who join it by the link in their mail.
import type { Role } from '#shared/contracts/permissions'
import type { TestAuth } from './testing.ts'

export async function joinAs(auth: TestAuth) {
  const owner = await auth.signUp('Salma')
  const { body: organization } = await owner.call<{ id: string }>('/api/auth/organization/create', {
    body: { name: 'Rihla', slug: 'rihla' },
  })
  const organizationId = organization.id

  async function join(name: string, role: Role) {
    const person = await auth.signUp(name)
    const { status } = await owner.call('/api/organizations/current/invitations', {
      body: { email: person.email, role },
    })
    if (status !== 201) throw new Error(`the invitation was refused with ${status}`)
    const link = /https?:\/\/\S+/.exec(auth.mails.at(-1)!.text)![0]
    const accepted = await person.call('/api/auth/organization/accept-invitation', {
      body: { invitationId: new URL(link).searchParams.get('id') },
    })
    if (accepted.status !== 200) throw new Error(`joining was refused: ${JSON.stringify(accepted.body)}`)
    return person
  }
  return { owner, organizationId, join }
}
