/**
 * Runs in the head of the chat page, before the first paint: at the address of a conversation, the beginning of a new
 * one, as which the page is built, must not flash. Written as text because the page carries it inline and the content
 * security policy carries its hash.
 */
export const conversationScript = `(function(){if(/^\\/[^/]+\\/chat\\/./.test(location.pathname))document.documentElement.dataset.conversation=''})()`
