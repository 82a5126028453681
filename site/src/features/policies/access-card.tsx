import { vendorIds, type VendorId } from '#shared/contracts/model'
import { Checkbox } from '../../ui/checkbox.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { ModelPicker } from '../../ui/model-picker.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { vendorName } from '../../ui/vendor-names.ts'
import { GroupFault, PolicyCard } from './policy-card.tsx'
import { usePolicyForm } from './policy-form.ts'

/** Which models may be called, and which vendors may see what is sent. */
export function AccessCard({ ownKeys }: { ownKeys: boolean }) {
  const t = useTranslate()
  const { draft, onChange, errorOf, locked } = usePolicyForm()
  const scopes = [
    { value: 'all', label: t('policies.all') },
    { value: 'some', label: t('policies.some') },
  ] as const
  const toggle = (vendor: VendorId, checked: boolean) =>
    onChange({ vendors: vendorIds.filter((id) => (id === vendor ? checked : draft.vendors.includes(id))) })
  return (
    <PolicyCard title={t('policies.access')} text={t('policies.access-text')}>
      <div class="policies-group">
        <div class="spread">
          <h3>{t('policies.models')}</h3>
          <Segmented
            label={t('policies.models')}
            value={draft.modelsLimited ? 'some' : 'all'}
            options={scopes}
            onChange={(value) => onChange({ modelsLimited: value === 'some' })}
          />
        </div>
        {draft.modelsLimited && (
          <ModelPicker chosen={draft.models} onChange={(models) => onChange({ models })} disabled={locked} />
        )}
        <GroupFault error={errorOf('allowed_models')} />
      </div>
      <div class="policies-group">
        <div class="spread">
          <h3>{t('policies.vendors')}</h3>
          <Segmented
            label={t('policies.vendors')}
            value={draft.vendorsLimited ? 'some' : 'all'}
            options={scopes}
            onChange={(value) => onChange({ vendorsLimited: value === 'some' })}
          />
        </div>
        <p class="muted small">{t('policies.vendors-text')}</p>
        {draft.vendorsLimited && (
          <div class="policies-checks">
            {vendorIds.map((vendor) => (
              <Checkbox
                key={vendor}
                label={<bdi>{vendorName(vendor)}</bdi>}
                checked={draft.vendors.includes(vendor)}
                onChange={(checked) => toggle(vendor, checked)}
              />
            ))}
          </div>
        )}
        <GroupFault error={errorOf('allowed_vendors')} />
      </div>
      {(ownKeys || draft.keyFallback) && (
        <Checkbox
          label={t('policies.key-fallback')}
          hint={t('policies.key-fallback-text')}
          checked={draft.keyFallback}
          onChange={(keyFallback) => onChange({ keyFallback })}
        />
      )}
    </PolicyCard>
  )
}
