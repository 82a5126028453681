import type { Translate } from '../../../i18n/translate.ts'
import type { MenuItem } from '../../../ui/menu.tsx'
import type { Direction } from '../direction/block-direction.ts'

/** The three choices of a message's direction, for its menu. */
export function directionItems({
  t,
  chosen,
  onChoose,
}: {
  t: Translate
  chosen: Direction | null
  onChoose: (direction: Direction | null) => void
}): MenuItem[] {
  const item = (direction: Direction | null): MenuItem => ({
    label: t(`chat.direction-${direction ?? 'auto'}`),
    checked: chosen === direction,
    onSelect: () => onChoose(direction),
  })
  return [{ separator: true, heading: t('chat.direction') }, item(null), item('ltr'), item('rtl')]
}
