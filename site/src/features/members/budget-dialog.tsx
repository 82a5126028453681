import { useState } from 'preact/hooks'
import type { Member } from '#shared/contracts/organizations'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import type { AmountFault } from '../../ui/read-amount.ts'
import { BudgetFields } from './budget-fields.tsx'
import { budgetDraftOf, isSameBudget, readBudget } from './budget-form.ts'
import { updateMember } from './member-calls.ts'

interface BudgetDialogProps {
  member: Member | null
  onClose: () => void
  onSaved: (member: Member) => void
}

export function BudgetDialog({ member, onClose, onSaved }: BudgetDialogProps) {
  const t = useTranslate()
  const name = member?.name ?? ''
  return (
    <Dialog
      open={member !== null}
      onClose={onClose}
      title={t('members.budget-title', { name })}
      description={t('members.budget-text', { name })}
    >
      {member && <BudgetForm member={member} onClose={onClose} onSaved={onSaved} />}
    </Dialog>
  )
}

function BudgetForm({ member, onClose, onSaved }: BudgetDialogProps & { member: Member }) {
  const t = useTranslate()
  const [draft, setDraft] = useState(() => budgetDraftOf(member))
  const [fault, setFault] = useState<AmountFault | null>(null)
  const save = useAction(async () => {
    const reading = readBudget(draft)
    setFault(reading.ok ? null : reading.fault)
    if (!reading.ok) return
    if (isSameBudget(reading.body, member)) return onClose()
    await updateMember(member.user_id, reading.body)
    onSaved({ ...member, ...reading.body })
  })
  const submit = (event: Event) => {
    event.preventDefault()
    void save.run()
  }
  return (
    <form class="stack" onSubmit={submit} noValidate>
      <BudgetFields draft={draft} onChange={setDraft} fault={fault} />
      {save.problem && <ProblemNote problem={save.problem} />}
      <div class="dialog-foot">
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button type="submit" variant="primary" busy={save.running}>
          {t('ui.save')}
        </Button>
      </div>
    </form>
  )
}
