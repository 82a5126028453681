/** `/ar/chat/conv_01k…` → the conversation's id; null on the page of a new one. */
export function conversationInPath(pathname: string): string | null {
  const [, , page, id = ''] = pathname.split('/')
  return page === 'chat' && /^[\w-]{1,100}$/.test(id) ? id : null
}

export const chatPath = (locale: string, id: string | null): string =>
  id ? `/${locale}/chat/${id}` : `/${locale}/chat`
