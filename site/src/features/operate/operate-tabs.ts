export const operateTabs = ['plans', 'packs', 'payments', 'accounts', 'numbers'] as const
export type OperateTab = (typeof operateTabs)[number]

export const isOperateTab = (value: string): value is OperateTab => (operateTabs as readonly string[]).includes(value)
